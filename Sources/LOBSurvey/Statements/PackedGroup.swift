import PostgreSQLClient

/// Up to four columns whose sizes share one integer of a packed scan, in lanes of 16 bits, the first uppermost.
///
/// A lane holds 0 for NULL, else the size + 1, or ``full`` for a size that does not fit. The upper bit of a lane stays
/// free, so that one addition compares all lanes with their thresholds.
///
/// A column that has its integer for itself needs no lane: the integer is the size, -1 for NULL, and every size fits.
struct PackedGroup {
    /// Positions among the scanned columns.
    let columns: Range<Int>
    /// What the integer is called in the statement.
    let name: SQL

    /// Columns that one integer holds.
    static let capacity = 4
    /// What a lane holds for sizes from ``overflow`` on.
    static let full = 32_767
    /// Sizes from here on do not fit.
    static let overflow: Int32 = 32_766

    /// The groups of so many columns.
    static func groups(of count: Int) -> [PackedGroup] {
        stride(from: 0, to: count, by: capacity).map { first in
            PackedGroup(columns: first..<min(first + capacity, count), name: "p\(first / capacity)")
        }
    }

    /// Whether the integer is the size of its only column.
    var isWhole: Bool { columns.count == 1 }

    /// Bytes of the integer: four where the lanes fit.
    var width: Int { columns.count > 2 ? 8 : 4 }

    /// The integer as the server sends it.
    var bytes: SQL { width == 8 ? "pg_catalog.int8send(\(name))" : "pg_catalog.int4send(\(name))" }

    /// Makes the integer of the sizes of all scanned columns.
    func value(of sizes: [SQL]) -> SQL {
        if isWhole { return "coalesce(\(sizes[columns.lowerBound]), -1)" }
        let lanes = zip(columns, shifts).map { column, shift -> SQL in
            // LEAST ignores NULL, so NULL has to become a number first.
            let lane: SQL = "LEAST(coalesce(\(sizes[column]), -1), \(Self.overflow))"
            return shift == 0 ? lane : "\(lane) * \(Int64(1) << shift)"
        }
        return lanes.joined(separator: " + ") + " + \(number { _ in 1 })"
    }

    /// Whether a size in any lane is above its threshold.
    ///
    /// The upper lane decides by the whole number. Each lower one gets what makes a size that is just too large
    /// reach its free bit; nothing is carried from lane to lane.
    func isAbove(_ thresholds: [Int32]) -> SQL {
        if isWhole { return "\(name) > \(thresholds[columns.lowerBound])" }
        let least = columns.map { Int64(min(thresholds[$0], Self.overflow - 1)) + 2 }
        let upper = (least[0] << (shifts.first ?? 0)) - 1
        let complement = number { $0 == 0 ? 0 : 0x8000 - least[$0] }
        let freeBits = number { $0 == 0 ? 0 : 0x8000 }
        return "\(name) > \(upper) OR ((\(name) + \(complement)) & \(freeBits)) <> 0"
    }

    private var shifts: [Int64] { (0..<Int64(columns.count)).reversed().map { 16 * $0 } }

    private func number(_ lane: (Int) -> Int64) -> Int64 {
        shifts.enumerated().reduce(0) { $0 + lane($1.offset) << $1.element }
    }
}
