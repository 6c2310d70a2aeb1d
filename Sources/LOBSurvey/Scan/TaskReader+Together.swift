import LOBProfile
import PostgreSQLClient

/// Tables that are read in a moment, several in one transaction and one round trip.
extension TaskReader {
    /// A task, its statement, and what came of it.
    private struct Request {
        let work: ScanQueue.Work
        let reading: ReadTransaction.Reading
        var answer: Answer

        enum Answer {
            case chunk(ScanAnswer)
            /// While a row is added.
            case taken
            case storage(StorageStatement, blocks: Int, [StoredForm])
        }

        mutating func add(_ row: borrowing Row) throws(PostgreSQLError) {
            switch answer {
            case .chunk(var chunk):
                // Else each row would copy all that came before it.
                answer = .taken
                defer { answer = .chunk(chunk) }
                try chunk.add(row)
            case .taken: break
            case .storage(let storage, let blocks, _):
                answer = .storage(storage, blocks: blocks, try storage.forms(row, blocks: blocks))
            }
        }
    }

    /// The transaction holds the locks of the tables that it has read, so it waits only for a moment.
    private static let lockTimeout: Duration = .milliseconds(20)

    /// Reads chunks and what is asked about storage, of one table or of several, in one moment.
    ///
    /// - Parameter seen: the moment of what the transaction saw.
    /// - Throws: `PostgreSQLError`; then nothing was counted, and every task can be read by itself.
    func readTogether(
        _ work: [ScanQueue.Work], over connection: inout Connection,
        seen: (MomentQuery.Answer) -> SeenMoment
    ) throws(PostgreSQLError) {
        var requests: [Request] = []
        for work in work { requests.append(try request(work)) }
        var brief = preamble
        brief.lockTimeout = Self.lockTimeout
        brief.seesOneMoment = true
        var moment: MomentQuery.Answer?
        let start = ContinuousClock.now
        let isSame = try ReadTransaction(brief, settings: [ReadTransaction.byPlaces]).read(
            requests.map(\.reading), behind: MomentQuery(serverVersion: preamble.serverVersion).statement,
            over: &connection
        ) { (index: Int?, row: borrowing Row) throws(PostgreSQLError) in
            if let index { try requests[index].add(row) } else { moment = try MomentQuery.Answer(row) }
        }
        guard let moment else { throw .protocolViolation("no row about the moment") }
        let share = start.duration(to: .now) / requests.count
        let noted = seen(moment)
        for (request, isSame) in zip(requests, isSame) {
            // Before it is counted: another worker may take the table for finished then, and ask when it was read.
            if isSame { request.work.tree.note(read: noted) }
            add(request, isSame: isSame, took: share)
        }
    }

    private func add(_ request: Request, isSame: Bool, took time: Duration) {
        let (scan, taken) = (request.work.scan, request.work.taken)
        // What its name no longer means is read again by itself, which finds out why.
        guard isSame else { return scan.putBack(taken) }
        switch request.answer {
        case .chunk(let answer):
            do throws(PostgreSQLError) {
                scan.add(try answer.counted(), of: taken)
                scan.steer(after: taken, took: time, target: target)
            } catch {
                scan.giveUp(.serverError, detail: error.description, ending: taken)
            }
        case .taken: scan.putBack(taken)
        case .storage(_, _, let forms): scan.add(storage: forms, of: taken, took: time)
        }
    }

    private func request(_ work: ScanQueue.Work) throws(PostgreSQLError) -> Request {
        let scan = work.scan
        if case .storage(let blocks) = work.taken.task {
            let storage = Self.storage(of: scan)
            return Request(
                work: work,
                reading: .init(try storage.statement(for: blocks), of: identity(of: scan, storage.columns)),
                answer: .storage(storage, blocks: blocks.count, []))
        }
        guard let range = work.taken.task.range else { throw .protocolViolation("a task that is read alone") }
        let (packed, wanted) = (try Self.packedScan(of: scan), scan.wanted(from: range.start))
        return Request(
            work: work,
            reading: .init(
                packed.statement(where: condition(work.taken.task, range), wanted: wanted),
                of: identity(of: scan, packed.source.columns)),
            answer: .chunk(ScanAnswer(packed, wanted: wanted)))
    }
}
