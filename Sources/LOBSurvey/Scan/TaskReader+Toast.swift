import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// Bounding a table by what is stored outside of its rows.
extension TaskReader {
    /// Asks the catalog for the TOAST relation, in the moment that it is read in.
    func readToastFacts(_ work: ScanQueue.Work, over connection: inout Connection) throws(PostgreSQLError) {
        let (scan, start) = (work.scan, ContinuousClock.now)
        var facts: ToastFacts?
        let isSame = try ReadTransaction(preamble).read(
            .init(
                ToastFacts.statement, [.int8(Int64(scan.plan.relation.oid))],
                of: identity(of: scan, scan.boundedColumns)),
            over: &connection
        ) { (row: borrowing Row) throws(PostgreSQLError) in facts = try ToastFacts(row) }
        guard isSame, let facts else { return try giveUpChanged(work, over: &connection) }
        scan.add(toast: facts, of: work.taken, took: start.duration(to: .now))
    }

    /// Looks at some of the values outside of the rows.
    func readToast(
        _ window: ToastWindow, _ work: ScanQueue.Work, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let (scan, start) = (work.scan, ContinuousClock.now)
        guard let tally = scan.toast, let relation = tally.facts.relation else {
            throw .protocolViolation("values of a TOAST relation that is not known")
        }
        let walk = try ToastWalk(tally.facts, relation, way: ToastWalk.Way(after: tally, tally.facts))
        var answer: ToastAnswer?
        let isSame = try ReadTransaction(preamble, settings: ToastWalk.settings).read(
            .init(
                walk.statement, try walk.binds(window, knowing: tally.known),
                of: identity(of: scan, scan.boundedColumns)),
            over: &connection
        ) { (row: borrowing Row) throws(PostgreSQLError) in answer = try ToastAnswer(row) }
        guard isSame, let answer, answer.relation == relation.oid else {
            return try giveUpChanged(work, over: &connection)
        }
        scan.add(answer, of: window, work.taken, took: start.duration(to: .now), target: target)
    }

    /// The statements that bound a table, for people: that about the usual TOAST relation, and its first values.
    static func toastStatements(
        of scan: TableScan, blockSize: Int
    ) throws(PostgreSQLError) -> [SQL] {
        let facts = ToastFacts(usualOf: scan.plan.relation, blockSize: blockSize)
        var statements = [ToastFacts.statement]
        if let relation = facts.relation {
            statements.append(try ToastWalk(facts, relation, way: .everyEntry).statement)
        }
        return statements
    }
}
