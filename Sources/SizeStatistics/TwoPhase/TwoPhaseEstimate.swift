internal import RealModule

/// What stored sizes of all rows and true sizes of some say about the largest true size.
///
/// A row that was not read, of stored size s, is larger than L only if its ratio of true to stored size exceeds
/// L / s; how likely that is follows from the ratios of the rows read at random in its stratum, and beyond
/// the largest of them from a Pareto tail of shape 0.25. On real documents the largest value was read
/// every time; the weak spot is a rare class of rows that compress far better than all seen ones, hence
/// ``rarestClassSeen``.
public struct TwoPhaseEstimate: Sendable {
    /// The true size of a value is at most this many times its stored size under pglz (87.4 measured).
    ///
    /// Only for types that are stored as their text, not for jsonb.
    public static let pglzExpansion = 88
    /// The same for lz4 (255 measured).
    public static let lz4Expansion = 256
    /// The shape of the ratio's tail.
    static let ratioShape = 0.25
    /// The largest size looked at: 1 TiB.
    private static let ceiling = 1_099_511_627_776.0

    /// The largest true size read; nil where none was.
    public let largest: ByteCount?
    /// The number of rows not read.
    public let unmeasuredRows: Int
    /// The number of rows read at random.
    public let randomRows: Int
    /// A size that no row can exceed: nil without an expansion bound.
    public let strictBound: ByteCount?
    /// The largest possible ratio of true to stored size; nil where there is none.
    public let expansion: Int?
    /// Rows with a value that is compressed; nil where that is not known of all.
    public let compressedRows: Int?
    /// Whether none of the rows that were not read is compressed, as far as is known.
    public let leavesPlainOnly: Bool
    private let rows: Int
    private let strata: [RatioStratum]

    /// Prepares an estimate.
    ///
    /// - Parameters:
    ///   - strata: what was measured.
    ///   - expansion: the largest possible ratio of true to stored size, such as ``pglzExpansion``; nil where
    ///     there is none.
    public init(_ strata: StoredSizeStrata, expansion: Int? = nil) {
        let open = strata.strata.map { RatioStratum($0, expansion: expansion) }.filter {
            !$0.unmeasured.isEmpty
        }
        let read = strata.largest?.bytes ?? 0
        largest = strata.largest
        unmeasuredRows = open.reduce(0) { $0.saturatingSum($1.rows) }
        randomRows = strata.randomRows
        rows = strata.rows
        compressedRows =
            strata.tellsCompression
            ? strata.strata.reduce(0) { $0.saturatingSum($1.isCompressed == true ? $1.stored.count : 0) }
            : nil
        leavesPlainOnly = open.allSatisfy { $0.isCompressed == false }
        self.expansion = expansion
        self.strata = open
        strictBound = expansion.map { _ in ByteCount(max(read, open.compactMap(\.largestPossible).max() ?? 0))
        }
    }

    /// The share of all rows that a class must have to be among the rows read at random with 95 %, wherever it is: in the
    /// stratum where fewest of its rows were read, three of them are expected then.
    ///
    /// A rarer class may have a larger ratio than anything seen. The share of the stratum where no row of it was read at random,
    /// 0 where all were read.
    public var rarestClassSeen: Double {
        strata.map { stratum in
            let (drawn, all) = (stratum.ratios.count, stratum.rows + stratum.ratios.count)
            return min(1, 3 / Double(max(drawn, 1))) * Double(all) / Double(max(rows, 1))
        }.max() ?? 0
    }

    /// The rows read at random where not all were.
    public var randomRowsAmongUnread: Int { strata.reduce(0) { $0 + $1.ratios.count } }

    /// Whether no row can be larger than a size: every row was read, or the strict bound says so.
    public func isProven(at size: ByteCount) -> Bool {
        guard size >= largest ?? ByteCount(0) else { return false }
        return unmeasuredRows == 0 || strictBound.map { size >= $0 } ?? false
    }

    /// Whether the largest row read is the largest of all for sure.
    public var knowsLargest: Bool { largest.map(isProven) ?? (unmeasuredRows == 0) }

    /// The model's probability that at least one row is larger than a size.
    public func risk(above size: ByteCount) -> Double {
        risk(above: Double(size.bytes))
    }

    /// The risk to print: never under 0.02 unless it is proven to be 0.
    public func reportedRisk(above size: ByteCount) -> Double {
        isProven(at: size) ? 0 : Risk.reported(risk(above: size))
    }

    /// The probability, as it may be printed, that a row that was not read is larger than a size.
    public func riskOfAnother(above size: ByteCount) -> Double {
        let none = unmeasuredRows == 0 || strictBound.map { size >= $0 } ?? false
        return none ? 0 : Risk.reported(probabilityOfUnread(above: Double(size.bytes)))
    }

    /// An upper bound, at the confidence asked for, of the number of rows not read that are larger than a size.
    ///
    /// The number in each stratum has a geometric distribution around its expectation, as ``risk(above:)`` has it;
    /// the sum of their bounds is cautious.
    func unreadAbove(_ size: ByteCount, confidence: Double) -> Double {
        strata.reduce(0) { sum, stratum in
            let expected = stratum.expected(above: Double(size.bytes))
            guard expected > 0 else { return sum }
            let most = .log((1 - confidence) / 2) / Double.log(expected / (1 + expected)) - 1
            return sum
                + min(Double(stratum.rows), max(expected, most.isFinite ? most.rounded(.up) : .infinity))
        }
    }

    /// The expected number of rows not read that are larger than a size, erring on the high side.
    public func expectedAbove(_ size: ByteCount) -> Double {
        strata.reduce(0) { $0 + $1.expected(above: Double(size.bytes)) }
    }

    /// The smallest size, at least the largest read, above which the risk is at most `alpha`.
    ///
    /// nil where rows were not read and nothing bounds them: a stratum without rows read at random.
    public func limit(alpha: Double) -> ByteCount? {
        let start = Double(largest?.bytes ?? 0)
        let bound = strictBound.map { Double($0.bytes) } ?? Self.ceiling
        let top = max(min(bound, Self.ceiling), start)
        guard risk(above: top) <= alpha else { return nil }
        let limit = LimitSearch.smallest(from: start, to: top, steps: 40, alpha: alpha) { risk(above: $0) }
        return ByteCount(roundingUp: limit)
    }

    package func risk(above size: Double) -> Double {
        size >= Double(largest?.bytes ?? 0) ? probabilityOfUnread(above: size) : 1
    }

    private func probabilityOfUnread(above size: Double) -> Double {
        // 1 - product of 1 / (1 + expected): each stratum's rate has a posterior of one observation.
        let logNone = strata.reduce(0) { sum, stratum in
            sum - .log(onePlus: stratum.expected(above: size))
        }
        return -.expMinusOne(logNone)
    }
}
