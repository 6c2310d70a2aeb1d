/// What a two-phase measurement keeps of one column: the stored size of every row, and stored and true size of the
/// rows that were read in full.
///
/// Two rows with stored sizes within a factor 4 are in the same stratum, b = floor(log2(stored) / 2), where both are compressed
/// or neither is: how much larger a value is than what is stored of it depends on that more than on anything.
public struct StoredSizeStrata: Sendable, Equatable, Codable {
    /// A stratum per power of 4, ascending, plain values before compressed ones; those without rows are left out.
    ///
    /// After ``add(independent:)`` there are several of some powers.
    public private(set) var strata: [Stratum] = []
    /// The largest true size read; nil before the first.
    public private(set) var largest: ByteCount?

    /// Creates an empty set.
    public init() {}

    /// The number of the stratum of a stored size.
    public static func stratum(of stored: ByteCount) -> Int {
        (63 - UInt64(max(stored.bytes, 1)).leadingZeroBitCount) / 2
    }

    /// The number of rows with a value.
    public var rows: Int { strata.reduce(0) { $0.saturatingSum($1.stored.count) } }
    /// The number of rows read at random.
    public var randomRows: Int { strata.reduce(0) { $0 + $1.random.count } }

    /// Whether it is known of every row whether its value is compressed.
    public var tellsCompression: Bool { strata.allSatisfy { $0.isCompressed != nil } }

    /// Counts rows by stored size: every row with a value, those read in full among them.
    public mutating func add(stored: ByteCount, isCompressed: Bool? = nil, count: Int = 1) {
        guard count > 0 else { return }
        strata[place(of: stored, isCompressed)].stored.add(stored, count: count)
    }

    /// Adds a row that was read because it is among the largest stored.
    public mutating func addLargest(stored: ByteCount, isCompressed: Bool? = nil, size: ByteCount) {
        strata[place(of: stored, isCompressed)].measured.add(stored)
        largest = max(largest ?? size, size)
    }

    /// Adds a row that was read at random among the others of its stratum.
    public mutating func addRandom(stored: ByteCount, isCompressed: Bool? = nil, size: ByteCount) {
        let place = place(of: stored, isCompressed)
        strata[place].measured.add(stored)
        strata[place].insert(MeasuredSize(stored: stored, size: size))
        largest = max(largest ?? size, size)
    }

    /// Adds everything that the other set holds.
    public mutating func merge(_ other: StoredSizeStrata) {
        for stratum in other.strata {
            strata[place(of: stratum.kind)].merge(stratum)
        }
        largest = [largest, other.largest].compactMap(\.self).max()
    }

    /// Adds the strata of another table, whose rows were read at random at other rates: each stays by itself.
    public mutating func add(independent other: StoredSizeStrata) {
        strata = (strata + other.strata).sorted { Stratum.precedes($0, $1) }
        largest = [largest, other.largest].compactMap(\.self).max()
    }

    /// Reads a set.
    ///
    /// - Throws: `DecodingError` where strata do not ascend or the largest size is negative.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        strata = try container.decode([Stratum].self, forKey: .strata)
        largest = try container.decodeIfPresent(ByteCount.self, forKey: .largest)
        let ascend = zip(strata, strata.dropFirst()).allSatisfy { $0.kind <= $1.kind }
        guard ascend, largest ?? ByteCount(0) >= ByteCount(0) else {
            throw DecodingError.dataCorruptedError(
                forKey: .strata, in: container, debugDescription: "strata do not ascend")
        }
    }

    private mutating func place(of stored: ByteCount, _ isCompressed: Bool?) -> Int {
        place(of: Stratum.Kind(index: Self.stratum(of: stored), isCompressed: isCompressed))
    }

    private mutating func place(of kind: Stratum.Kind) -> Int {
        let place = strata.firstIndex { $0.kind >= kind } ?? strata.count
        if place == strata.count || strata[place].kind != kind {
            strata.insert(Stratum(kind), at: place)
        }
        return place
    }
}
