import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// What a survey reads of some blocks to know what reading all of them takes.
extension Survey {
    /// What some blocks tell of the tables of a plan whose method the catalog does not decide, by OID.
    ///
    /// A survey that goes on with another one asks nothing anew: its methods have to be the same.
    func probes(
        of plan: Plan, _ session: ServerSession, over connection: inout Connection
    ) throws(SurveyError) -> [UInt32: TextProbe] {
        if let resumption { return resumption.checkpoint.probes }
        guard options.probes else { return [:] }
        var probes: [UInt32: TextProbe] = [:]
        let limit = min(
            Self.longestProbing, options.plan.timeBudget.map { .seconds($0 / 10) } ?? Self.longestProbing)
        let start = ContinuousClock.now
        let unsure = plan.tables.filter { !$0.unpricedColumns.isEmpty }
        for table in unsure.sorted(by: { $0.price.most > $1.price.most }).prefix(TextProbe.tables)
        where start.duration(to: .now) < limit {
            do throws(PostgreSQLError) {
                probes[table.relation.oid] = try probe(table, session, over: &connection)
            } catch {
                // What cannot be read keeps its guess; the survey itself tells why.
                guard !error.isConnectionLost else { throw .postgreSQL(error) }
            }
        }
        return probes
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
            var isSame = true
            do throws(PostgreSQLError) {
                isSame = try ReadTransaction(preamble, settings: [ReadTransaction.byPlaces]).read(
                    .init(
                        scan.statement(blocks: blocks, wanted: nothing),
                        of: IdentityCheck(relation: relation, columns: [column])), over: &connection
                ) { (_: borrowing Row) throws(PostgreSQLError) in }
            } catch {
                // It takes so long at least.
                guard error.sqlState == .queryCanceled else { throw error }
            }
            guard isSame else { return nil }
            seconds[column.number] = max(0, start.duration(to: .now).inSeconds - Self.overhead)
        }
        return TextProbe(blocks: blocks.count, seconds: seconds)
    }

    /// Longer than that nobody waits for the price of a column.
    private static let longestProbe: Duration = .seconds(1)
    /// Nor for all prices together.
    private static let longestProbing: Duration = .seconds(3)
    /// Seconds of a transaction that reads nothing.
    private static let overhead = 0.0015
}
