import LOBProfile
import PostgreSQLClient

/// Which rows a packed scan returns with their place and all their sizes: the largest of each column, those
/// whose size does not fit a ``PackedGroup``, and random ones for the columns that are measured in two phases.
struct WantedRows {
    /// For each column, the size above which a row is wanted.
    let thresholds: [Int32]
    /// For each column the hash limits of its strata, of plain values and then of compressed ones; nil where no random rows are
    /// wanted.
    let hashLimits: [[Int64]?]
    /// The seed of the hash.
    let seed: Int64

    /// What is wanted of some of the columns.
    func selecting(_ indices: [Int]) -> WantedRows {
        WantedRows(
            thresholds: indices.map { thresholds[$0] }, hashLimits: indices.map { hashLimits[$0] }, seed: seed
        )
    }

    /// Whether rows come with their hash.
    var hasHashes: Bool { hashLimits.contains { $0 != nil } }

    /// The hash of a row's place, an int8.
    var hash: SQL { "pg_catalog.hashtidextended(ctid, \(seed))" }

    /// The hash as bytes, where rows come with it.
    var hashColumns: [SQL] { hasHashes ? ["pg_catalog.int8send(\(hash))"] : [] }

    /// The condition on the sizes of a row and on the integers that they are packed in.
    func condition(_ sizes: [SQL], groups: [PackedGroup]) -> SQL {
        var parts = groups.map { $0.isAbove(thresholds) }
        for index in sizes.indices {
            guard let limits = hashLimits[index] else { continue }
            let (code, half) = (sizes[index], limits.count / 2)
            let isCompressed = StoredCode.isCompressed(code)
            parts.append("NOT \(isCompressed) AND (\(isChosen(code, Array(limits.prefix(half)))))")
            parts.append("\(isCompressed) AND (\(isChosen(code, Array(limits.suffix(half)))))")
        }
        return parts.joined(separator: " OR ")
    }

    /// Whether the value of a ``StoredCode`` is in the sample of its stratum; stratum b holds stored sizes from 4^b to under
    /// 4^(b + 1).
    ///
    /// Of most rows one comparison decides: the hash is above all limits.
    private func isChosen(_ code: SQL, _ limits: [Int64]) -> SQL {
        guard let first = limits.firstIndex(where: { $0 != .max }),
            let last = limits.lastIndex(where: { $0 != .max })
        else { return "\(code) IS NOT NULL" }
        var parts: [SQL] = first > 0 ? ["\(code) < \(Self.least(of: first))"] : []
        if last < limits.count - 1 { parts.append("\(code) >= \(Self.least(of: last + 1))") }
        let filled = limits[first...last]
        let most = Self.literal(filled.max() ?? .max)
        let limit = Self.limit(of: code, filled)
        parts.append("\(hash) < \(most) AND \(code) IS NOT NULL AND \(hash) < \(limit)")
        return parts.joined(separator: " OR ")
    }

    /// The least code of a stratum.
    private static func least(of stratum: Int) -> Int64 { StoredCode.least(of: Int64(1) << (2 * stratum)) }

    private static func limit(of code: SQL, _ limits: ArraySlice<Int64>) -> SQL {
        guard let last = limits.last, Set(limits).count > 1 else { return literal(limits.last ?? .max) }
        let cases = limits.indices.dropLast().compactMap { stratum -> SQL? in
            guard limits[stratum] != limits[stratum + 1] else { return nil }
            return "WHEN \(code) < \(least(of: stratum + 1)) THEN \(literal(limits[stratum]))"
        }
        return "CASE \(cases.joined(separator: " ")) ELSE \(literal(last)) END"
    }

    /// The smallest int8 has no positive counterpart to put a minus sign before.
    private static func literal(_ limit: Int64) -> SQL {
        "(\(max(limit, -Int64.max)))::pg_catalog.int8"
    }
}
