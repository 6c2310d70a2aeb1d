/// The `bulk-max-size` of an unlimited rule: how much may travel with the row in a full load.
///
/// The smallest of 8, 16, 32 and 64 KB that holds 99 % of the values of every LOB column, else 64; 0 where
/// under half of a column's values fit 64. It has no effect in CDC.
struct InlineSize {
    private static let candidates = [8, 16, 32, 64].map { Kibibytes($0) }
    /// Every value that can be chosen, 0 for a look-up of every LOB.
    static let thresholds = [Kibibytes(0)] + candidates
    private static let share = 0.99

    /// Chooses for the measured LOB columns of a table; 64 where nothing is known.
    static func choose(for columns: [ColumnProfile], sizing: Sizing, utf8BytesPerByte: Int64) -> Kibibytes {
        let measured = columns.filter {
            $0.column.lobClass != .none && ($0.measurement?.distribution.count ?? 0) > 0
        }
        func fits(_ limit: Kibibytes) -> Double {
            measured.map { column in
                let size = sizing.largestSize(
                    fitting: limit.bytes, lobClass: column.column.lobClass, utf8BytesPerByte: utf8BytesPerByte
                )
                return column.measurement?.representative.shareNotAbove(size) ?? 1
            }.min() ?? 1
        }
        let largest = Kibibytes(64)
        if !measured.isEmpty, fits(largest) < 0.5 { return Kibibytes(0) }
        if measured.isEmpty { return largest }
        return candidates.first { fits($0) >= share } ?? largest
    }
}

extension SizeDistribution {
    /// The share of the values, 0 to 1, that are certainly not larger than `size`.
    func shareNotAbove(_ size: ByteCount) -> Double {
        count == 0 ? 1 : 1 - Double(countAbove(size).upperBound) / Double(count)
    }
}
