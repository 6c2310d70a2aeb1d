import LOBProfile
import PostgreSQLClient

/// The sizes of a table row by row as a binary COPY stream: for samples, and for full scans of relations that
/// cannot be read by TID range.
struct RowScan {
    let source: TableSource
    let sample: SampleDesign?
    /// Whether rows come with their place, which needs SELECT on the whole table.
    let hasPlaces: Bool

    /// `COPY (SELECT [ctid,] sizes FROM ...) TO STDOUT`.
    var statement: SQL {
        let values = (hasPlaces ? ["ctid"] : []) + source.sizes
        return """
            COPY (SELECT \(values.joined(separator: ", ")) FROM \(source.relation)\(sampleClause)) \
            TO STDOUT (FORMAT binary)
            """
    }

    private var sampleClause: SQL {
        guard let sample else { return "" }
        // A percentage cannot be bound here; millionths of a percent keep it exact.
        let millionths = Int64((sample.percent * 1_000_000).rounded())
        let method: SQL = sample.method == .bernoulli ? "bernoulli" : "system"
        return """
             TABLESAMPLE pg_catalog.\(method)((\(millionths) / 1000000.0)::pg_catalog.float4) \
            REPEATABLE (\(sample.seed))
            """
    }
}
