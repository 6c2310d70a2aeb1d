import LOBProfile
import PostgreSQLClient

/// Why the server refuses to let the role read a table: it gives one SQLSTATE for missing rights and for row security, which may
/// have been switched on after the catalog was read.
struct Refusal {
    let reason: Unmeasured.Reason

    /// Asks the catalog as it is now.
    init(
        of relation: Relation, _ preamble: Preamble, over connection: inout Connection
    ) throws(PostgreSQLError) {
        var current = preamble
        current.snapshot = nil
        var hidesRows = false
        let query = Statement(
            """
            SELECT c.relrowsecurity AND pg_catalog.row_security_active(c.oid)
              FROM pg_catalog.pg_class c WHERE c.oid = $1
            """, [.int8(Int64(relation.oid))])
        try ReadTransaction(current).run(query, over: &connection) {
            (row: borrowing Row) throws(PostgreSQLError) in hidesRows = try row.bool(0)
        }
        reason = hidesRows ? .rowSecurity : .permissionDenied
    }
}
