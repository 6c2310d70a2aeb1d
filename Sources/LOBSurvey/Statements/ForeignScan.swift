import LOBProfile
import PostgreSQLClient

/// The sizes of a foreign table, counted: as a whole, because its rows have no places that mean anything here.
///
/// A wrapper such as postgres_fdw lets the other server count where it can compute the sizes too, so that no value
/// travels (measured: text, varchar and bytea; the text of json and others is made here). A plain list of sizes, or their
/// maximum alone, would fetch every value.
struct ForeignScan {
    let source: TableSource

    /// `COPY (SELECT sizes, count(*) ... GROUP BY sizes) TO STDOUT`.
    var statement: SQL {
        let places = source.sizes.indices.map { index -> SQL in "\(index + 1)" }.joined(separator: ", ")
        return """
            COPY (SELECT \(source.sizes.joined(separator: ", ")), pg_catalog.count(*) FROM \(source.relation) \
            GROUP BY \(places)) TO STDOUT (FORMAT binary)
            """
    }
}
