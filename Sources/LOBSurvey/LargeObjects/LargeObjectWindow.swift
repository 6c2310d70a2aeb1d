import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// Some large objects in the order of their OIDs, and which of them are referred to.
///
/// A database may have more objects than fit into memory: references are looked for a window at a time.
struct LargeObjectWindow {
    private(set) var oids: [UInt32] = []
    private var owners: [UInt32] = []
    /// Sizes in the same order, -1 where not known.
    private var sizes: [Int64] = []
    private var granted = BitSet()
    /// What columns of type oid refer to.
    private var referenced = BitSet()
    /// What numbers in other columns may refer to.
    private var numbered = BitSet()
    /// The first OID that belongs to it, whether or not there is an object.
    let start: UInt32

    /// Some objects as the server lists them: what ``LargeObjectSQL/objects(by:)`` answers.
    struct Listed {
        fileprivate var (oids, owners, sizes, grants): ([UInt8], [UInt8], [UInt8], [UInt8]) = ([], [], [], [])

        /// How many.
        var count: Int { oids.count / 4 }

        /// None.
        init() {}

        /// Reads the row.
        init(_ row: borrowing Row) throws(PostgreSQLError) {
            (oids, owners) = (try row.optionalBytes(0) ?? [], try row.optionalBytes(1) ?? [])
            (sizes, grants) = (try row.optionalBytes(2) ?? [], try row.optionalBytes(3) ?? [])
            guard owners.count == 4 * count, sizes.count == 8 * count, grants.count == count else {
                throw .protocolViolation("a list of large objects is cut short")
            }
        }
    }

    /// An object with what is known of it.
    struct Object {
        let oid: UInt32
        let owner: UInt32
        /// In bytes; nil where the role may not read it.
        let size: Int64?
        /// Whether it has privileges of its own.
        let isGranted: Bool
    }

    /// The OIDs of its objects, from the first to the last: a number that is none of them is not looked up.
    var known: ClosedRange<UInt32> {
        let first = oids.first ?? 0
        return first...max(first, oids.last ?? 0)
    }

    /// All OIDs that belong to it: an object that is made meanwhile is in one of the windows, and no OID of it missing.
    ///
    /// - Parameter isLast: whether no objects come after those of the window.
    func oids(isLast: Bool) -> ClosedRange<UInt32> {
        start...(isLast ? .max : max(start, oids.last ?? 0))
    }

    /// Begins with the objects from an OID on.
    init(from start: UInt32 = 0) {
        self.start = start
    }

    /// How many objects it holds: some 32 MiB.
    static let capacity = 1 << 21

    /// Whether no more objects should be added.
    var isFull: Bool { oids.count >= Self.capacity }

    /// Adds objects whose OIDs are larger than those before, up to the first for which that is not so; then it is false.
    mutating func add(_ listed: Listed) -> Bool {
        for index in 0..<listed.count {
            let oid = UInt32(truncatingIfNeeded: Self.number(listed.oids[4 * index..<4 * index + 4]))
            guard oids.last.map({ $0 < oid }) ?? true else { return false }
            if listed.grants[index] != 0 { granted.insert(oids.count) }
            oids.append(oid)
            owners.append(
                UInt32(truncatingIfNeeded: Self.number(listed.owners[4 * index..<4 * index + 4])))
            sizes.append(Int64(bitPattern: Self.number(listed.sizes[8 * index..<8 * index + 8])))
        }
        return true
    }

    /// Forgets all sizes: every object is empty until a page of it is seen.
    mutating func clearSizes() {
        sizes = Array(repeating: 0, count: oids.count)
    }

    /// Counts pages: the OID of each, and where in the object it ends.
    mutating func add(pagesOf objects: [UInt8], endingAt ends: [UInt8]) {
        var last: (oid: UInt32, index: Int?) = (0, nil)
        for page in 0..<min(objects.count / 4, ends.count / 8) {
            let oid = UInt32(truncatingIfNeeded: Self.number(objects[4 * page..<4 * page + 4]))
            // Pages of one object mostly stand together.
            if oid != last.oid { last = (oid, index(of: oid)) }
            guard let index = last.index else { continue }
            sizes[index] = max(sizes[index], Int64(bitPattern: Self.number(ends[8 * page..<8 * page + 8])))
        }
    }

    /// Hands out the objects.
    func forEach(_ body: (Object) -> Void) {
        for index in oids.indices {
            body(
                Object(
                    oid: oids[index], owner: owners[index], size: sizes[index] < 0 ? nil : sizes[index],
                    isGranted: granted.contains(index)))
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var number: UInt64 = 0
        for byte in bytes { number = number << 8 | UInt64(byte) }
        return number
    }

    /// Notes the objects that a column refers to: OIDs of four bytes each.
    func mark(_ references: [UInt8], in set: inout BitSet) {
        var start = 0
        while start + 4 <= references.count {
            let oid = UInt32(truncatingIfNeeded: Self.number(references[start..<start + 4]))
            if let index = index(of: oid) { set.insert(index) }
            start += 4
        }
    }

    private func index(of oid: UInt32) -> Int? {
        var (low, high) = (0, oids.count)
        while low < high {
            let middle = low + (high - low) / 2
            if oids[middle] < oid { low = middle + 1 } else { high = middle }
        }
        return low < oids.count && oids[low] == oid ? low : nil
    }

    /// Takes note of what one column refers to; returns how much that is.
    ///
    /// - Parameter isCertain: whether the column is of type oid.
    mutating func settle(_ set: BitSet, isCertain: Bool) -> LargeObjectAmount {
        if isCertain { referenced.formUnion(set) } else { numbered.formUnion(set) }
        return amount { set.contains($0) }
    }

    /// What no column refers to, not even by a number.
    var orphans: LargeObjectAmount { amount { !referenced.contains($0) && !numbered.contains($0) } }

    /// What only numbers refer to.
    var onlyNumbered: LargeObjectAmount { amount { !referenced.contains($0) && numbered.contains($0) } }

    private func amount(where isWanted: (Int) -> Bool) -> LargeObjectAmount {
        var amount = LargeObjectAmount()
        for (index, size) in sizes.enumerated() where isWanted(index) {
            amount.add(size: size < 0 ? nil : size)
        }
        return amount
    }
}

/// A set of small numbers.
struct BitSet {
    private var words: [UInt64] = []

    mutating func insert(_ index: Int) {
        if index >> 6 >= words.count {
            words += repeatElement(0, count: (index >> 6) + 1 - words.count)
        }
        words[index >> 6] |= 1 << UInt64(index & 63)
    }

    func contains(_ index: Int) -> Bool {
        index >> 6 < words.count && words[index >> 6] & 1 << UInt64(index & 63) != 0
    }

    mutating func formUnion(_ other: BitSet) {
        if other.words.count > words.count {
            words += repeatElement(0, count: other.words.count - words.count)
        }
        for (index, word) in other.words.enumerated() { words[index] |= word }
    }
}
