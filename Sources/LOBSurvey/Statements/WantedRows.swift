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
            parts.append("\(sizes[index]) IS NOT NULL AND \(hash) < \(Self.limit(of: sizes[index], limits))")
        }
        return parts.joined(separator: " OR ")
    }

    /// The hash limit of the stratum that the value of a ``StoredCode`` falls in.
    private static func limit(of code: SQL, _ limits: [Int64]) -> SQL {
        guard Set(limits).count > 1 else { return literal(limits.first ?? .max) }
        let (plain, compressed) = (limits.prefix(limits.count / 2), limits.suffix(limits.count / 2))
        return """
            CASE WHEN \(StoredCode.isCompressed(code)) THEN \(limit(ofSize: code, Array(compressed))) \
            ELSE \(limit(ofSize: code, Array(plain))) END
            """
    }

    /// Stratum b holds stored sizes from 4^b to under 4^(b + 1).
    private static func limit(ofSize code: SQL, _ limits: [Int64]) -> SQL {
        guard Set(limits).count > 1 else { return literal(limits.first ?? .max) }
        var cases: [SQL] = []
        for (stratum, limit) in limits.dropLast().enumerated() where limit != limits[stratum + 1] {
            let end = StoredCode.least(of: Int64(1) << (2 * (stratum + 1)))
            cases.append("WHEN \(code) < \(end) THEN \(literal(limit))")
        }
        return "CASE \(cases.joined(separator: " ")) ELSE \(literal(limits[limits.count - 1])) END"
    }

    /// The smallest int8 has no positive counterpart to put a minus sign before.
    private static func literal(_ limit: Int64) -> SQL {
        "(\(max(limit, -Int64.max)))::pg_catalog.int8"
    }
}
