import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// What a survey reads of some blocks to know what reading all of them takes.
extension Survey {
    /// The plan, with prices from some blocks of the tables where the catalog says too little to choose a method.
    func probedPlan(
        _ catalog: Catalog, _ rates: InsertRates, _ session: ServerSession, over connection: inout Connection
    ) throws(SurveyError) -> Plan {
        let guess = plan(catalog, rates)
        guard options.probes else { return guess }
        var probes: [UInt32: TextProbe] = [:]
        let unsure = guess.tables.filter { !$0.unpricedColumns.isEmpty }
        for table in unsure.sorted(by: { $0.price.most > $1.price.most }).prefix(TextProbe.tables) {
            do throws(PostgreSQLError) {
                probes[table.relation.oid] = try probe(table, session, over: &connection)
            } catch {
                // What cannot be read, or takes longer than a moment, keeps its guess; the survey itself tells why.
                guard !error.isConnectionLost else { throw .postgreSQL(error) }
            }
        }
        return probes.isEmpty ? guess : plan(catalog, rates, probes)
    }

    private func probe(
        _ table: TablePlan, _ session: ServerSession, over connection: inout Connection
    ) throws(PostgreSQLError) -> TextProbe? {
        let relation = table.relation
        let blocks = BlockDraw(population: relation.blocks, seed: table.sample.seed).blocks(TextProbe.blocks)
        var preamble = session.preamble
        preamble.statementTimeout = Self.longestProbe
        var seconds: [Int16: Double] = [:]
        for column in table.unpricedColumns {
            let scan = PackedScan(source: try TableSource(relation, columns: [column]))
            let nothing = WantedRows(thresholds: [.max], hashLimits: [nil], seed: 0)
            let start = ContinuousClock.now
            let isSame = try ReadTransaction(preamble, settings: [ReadTransaction.byPlaces]).read(
                .init(
                    scan.statement(blocks: blocks, wanted: nothing),
                    of: IdentityCheck(relation: relation, columns: [column])), over: &connection
            ) { (_: borrowing Row) throws(PostgreSQLError) in }
            guard isSame else { return nil }
            seconds[column.number] = max(0, start.duration(to: .now).inSeconds - Self.overhead)
        }
        return TextProbe(blocks: blocks.count, seconds: seconds)
    }

    /// Longer than that nobody waits for a price; then the values are so large that two phases it is.
    private static let longestProbe: Duration = .seconds(2)
    /// Seconds of a transaction that reads nothing.
    private static let overhead = 0.0015
}
