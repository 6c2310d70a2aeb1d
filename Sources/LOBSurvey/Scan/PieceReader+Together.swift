import LOBProfile
import PostgreSQLClient

/// Tables that are read in a moment, several in one transaction and one round trip.
extension PieceReader {
    /// What one statement of the transaction found.
    private enum Answer {
        case chunk(PackedResult)
        case storage([StoredForm])
    }

    /// A piece, its statement, and how a row of it is read.
    private struct Request {
        let scan: TableScan
        let piece: TableScan.Piece
        let statements: [Statement]
        let answer: (borrowing Row) throws(PostgreSQLError) -> Answer
    }

    /// The transaction holds the locks of the tables that it has read, so it waits only for a moment.
    private static let lockTimeout: Duration = .milliseconds(20)
    /// The check before, the reading itself, the check behind.
    private static let statementsOfPiece = 3

    /// Reads chunks and what is asked about storage, of one table or of several.
    ///
    /// - Throws: `PostgreSQLError`; then nothing was counted, and every piece can be read by itself.
    func readTogether(_ work: [ScanQueue.Work], over connection: inout Connection) throws(PostgreSQLError) {
        var requests: [Request] = []
        for (scan, piece) in work { requests.append(try request(piece, of: scan)) }
        var brief = preamble
        brief.lockTimeout = Self.lockTimeout
        let opening = brief.statements() + [Self.byPlaces]
        var answers: [Answer?] = requests.map { _ in nil }
        let start = ContinuousClock.now
        try connection.batch(
            opening + requests.flatMap(\.statements) + [Statement("COMMIT")],
            deadline: preamble.statementTimeout + .seconds(5)
        ) { (index: Int, row: borrowing Row) throws(PostgreSQLError) in
            let (place, step) = (index - opening.count).quotientAndRemainder(
                dividingBy: Self.statementsOfPiece)
            guard requests.indices.contains(place), index >= opening.count else { return }
            if step == 1 { answers[place] = try requests[place].answer(row) }
            // What its name no longer means is read again by itself, which finds out why.
            if step == 2, try !row.bool(0) { answers[place] = nil }
        }
        let share = start.duration(to: .now) / requests.count
        for (request, answer) in zip(requests, answers) { add(answer, request, took: share) }
    }

    private func add(_ answer: Answer?, _ request: Request, took time: Duration) {
        switch (answer, request.piece) {
        case (.chunk(let result), .chunk(let range)):
            do throws(PostgreSQLError) {
                try ReadChunk(scan: request.scan, range: range, result: result).count()
                request.scan.steer(after: range, took: time, target: target)
            } catch {
                request.scan.giveUp(.serverError, detail: error.description)
            }
        case (.storage(let forms), _): request.scan.add(storage: forms, took: time)
        default: request.scan.putBack([request.piece])
        }
    }

    private func request(_ piece: TableScan.Piece, of scan: TableScan) throws(PostgreSQLError) -> Request {
        if case .storage(let blocks) = piece {
            let storage = Self.storage(of: scan)
            return Request(
                scan: scan, piece: piece,
                statements: try checked(storage.statement(for: blocks), of: storage.columns, scan)
            ) { (row: borrowing Row) throws(PostgreSQLError) in
                .storage(try storage.forms(row, blocks: blocks.count))
            }
        }
        guard case .chunk(let range) = piece else { throw .protocolViolation("a piece that is read alone") }
        let (packed, wanted) = (try Self.packedScan(of: scan), scan.wanted)
        return Request(
            scan: scan, piece: piece,
            statements: try checked(
                packed.statement(where: range.condition, wanted: wanted), of: packed.source.columns, scan)
        ) { (row: borrowing Row) throws(PostgreSQLError) in
            .chunk(try packed.result(row, wanted: wanted))
        }
    }

    /// A statement between the checks that the table is the planned one.
    private func checked(
        _ statement: SQL, of columns: [Column], _ scan: TableScan
    ) throws(PostgreSQLError) -> [Statement] {
        let identity = IdentityCheck(
            relation: scan.plan.relation, columns: columns, seesOldCatalog: preamble.snapshot != nil)
        return [try identity.assertion(), Statement(statement), try identity.isStillNamed()]
    }
}
