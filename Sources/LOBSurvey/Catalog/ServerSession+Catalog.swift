import LOBProfile
import PostgreSQLClient

/// What a session reads of the catalog.
extension ServerSession {
    /// Counts the columns that each setting of texts is about.
    ///
    /// - Parameter catalog: what is in scope.
    mutating func learnSettings(
        _ catalog: Catalog, over connection: inout Connection
    ) throws(SurveyError) {
        var dependence = TextDependence(catalog, serverVersion: serverVersion)
        do throws(PostgreSQLError) {
            try ReadTransaction(preamble).run(Statement(dependence.query), over: &connection) {
                (row: borrowing Row) throws(PostgreSQLError) in try dependence.add(row)
            }
        } catch {
            throw .postgreSQL(error)
        }
        pinTexts(dependence.counts)
    }

    /// Reads the catalog, with more patience than for a chunk.
    func readCatalog(_ connection: inout Connection) throws(PostgreSQLError) -> Catalog {
        var patient = preamble
        patient.statementTimeout = .seconds(600)
        patient.seesOneMoment = true
        return try CatalogReader.read(&connection, preamble: patient, serverVersion: serverVersion)
    }
}
