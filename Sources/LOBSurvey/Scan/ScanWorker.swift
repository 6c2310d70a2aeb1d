import LOBProfile
import PostgreSQLClient

/// One connection that takes tasks from the queue until none is left.
///
/// Faults cost one task.
struct ScanWorker: Sendable {
    let session: ServerSession
    let queue: ScanQueue
    let moments: Moments
    /// Time that a chunk should take.
    let target: Duration
    let results: SurveyResults
    let gate: Gate
    /// Seconds of rest after each second of work.
    let rest: Double
    /// Tells the workers of a queue apart.
    let number: Int

    /// How often a connection may be lost in a row before we give up.
    private static let reconnectAttempts = 6
    /// How often a server is asked that says it is starting or recovering: about ten minutes.
    private static let recoveryAttempts = 600
    /// How often in a row connections may lead to other servers than that of the survey.
    private static let elsewhereAttempts = 20
    /// How long a locked table is tried; each time waits for `Preamble.lockTimeout`.
    static let lockPatience: Duration = .seconds(5)
    /// How often a chunk is tried that a replica cancels.
    private static let conflictRetries = 20
    /// Tables of one transaction: each takes locks of the table and of its indexes, out of those that the server has for all
    /// sessions together.
    private static let tables = 1...16

    /// What a worker remembers from task to task.
    private struct Memory {
        var failures = 0
        /// How often in a row the server said that it was starting or recovering.
        var recovering = 0
        var elsewhere = 0
        var tables = Pace(first: 4, limits: ScanWorker.tables)
        var counter = ChunkCounter()
        /// How long the last task took.
        var worked: Duration = .zero
        /// What the server was when something was last read.
        var server: ServerIdentity?
    }

    /// Works until the queue is empty, the task is cancelled, or the server cannot be reached any more.
    func run() async throws(PostgreSQLError) {
        var memory = Memory()
        do throws(PostgreSQLError) {
            while gate.stop == nil, !queue.isDone, try await works(&memory) {}
        } catch {
            queue.release(by: number)
            addFinished(await memory.counter.finish())
            throw error
        }
        queue.release(by: number)
        addFinished(await memory.counter.finish())
    }

    /// Works over one connection; true where another one is to be opened.
    private func works(_ memory: inout Memory) async throws(PostgreSQLError) -> Bool {
        do throws(PostgreSQLError) {
            var isReady = false
            var connection = try session.connect { (connection) throws(PostgreSQLError) in
                isReady = try self.isReady(over: &connection)
            }
            guard isReady else { return false }
            queue.release(by: number)
            queue.note(connected: 1, to: moments)
            defer { queue.note(connected: -1, to: moments) }
            while true {
                guard await mayRead(after: memory.worked) else { return false }
                memory.worked = .zero
                try connection.checkIsOpen()
                let work = queue.next(atMost: memory.tables.size, in: moments)
                guard !work.isEmpty else {
                    addFinished(await memory.counter.finish())
                    for tree in queue.takeFinished() { results.add(tree.outcomes(isWhole: true)) }
                    guard queue.mayHaveMore else {
                        session.spare.keep(connection)
                        return false
                    }
                    // Another worker's task may be the last before a table's next stage.
                    guard (try? await Task.sleep(for: .milliseconds(2))) != nil else { return false }
                    continue
                }
                let start = ContinuousClock.now
                try await read(work, &memory, over: &connection)
                (memory.failures, memory.recovering, memory.elsewhere) = (0, 0, 0)
                memory.worked = start.duration(to: .now)
            }
        } catch {
            if case .cancelled = error { return false }
            if error.isElsewhere {
                (memory.elsewhere, memory.failures) = (memory.elsewhere + 1, 0)
                guard memory.elsewhere < Self.elsewhereAttempts else { throw error }
            }
            if error.sqlState == .cannotConnectNow, memory.recovering < Self.recoveryAttempts {
                memory.recovering += 1
            } else {
                memory.failures += 1
            }
            guard memory.failures < Self.reconnectAttempts, error.isTemporary else { throw error }
            // Who comes in step with others would be led to the same server each time.
            let attempts = memory.failures + min(3, memory.recovering)
            let pause = min(8, 0.1 * Double(1 << attempts)) * .random(in: 0.8...1.2)
            results.report(.reconnecting(reason: error.description, after: pause))
            return (try? await Task.sleep(for: .seconds(pause))) != nil
        }
    }

    private func read(
        _ work: [ScanQueue.Work], _ memory: inout Memory, over connection: inout Connection
    ) async throws(PostgreSQLError) {
        if work[0].isBrief {
            let start = ContinuousClock.now
            try attemptTogether(work, &memory, over: &connection)
            memory.tables.note(
                Set(work.map(\.scan.plan.relation.oid)).count, took: start.duration(to: .now), target: target)
            return
        }
        let chunk = try attempt(work[0], &memory, over: &connection)
        addFinished(chunk == nil ? work[0] : nil)
        if let chunk { addFinished(await memory.counter.begin(chunk)) }
    }

    private func addFinished(_ work: ScanQueue.Work?) {
        guard let work, let finished = queue.takeFinished(work.tree) else { return }
        results.add(finished.outcomes(isWhole: true))
    }

    /// Rests after the last task, and waits for the gate, before anything is taken; false when nothing more is to be read.
    private func mayRead(after worked: Duration) async -> Bool {
        if rest > 0, worked > .zero {
            guard (try? await Task.sleep(for: worked * rest)) != nil else { return false }
        }
        return await gate.pass { !queue.mayHaveMore }
    }
}

/// Reading in a moment.
extension ScanWorker {
    /// Reads a task; throws only when the connection is of no use any more or we were asked to stop.
    ///
    /// - Returns: what is still to be counted.
    private func attempt(
        _ work: ScanQueue.Work, _ memory: inout Memory, over connection: inout Connection
    ) throws(PostgreSQLError) -> ReadChunk? {
        for _ in 0..<Self.conflictRetries {
            var reader = TaskReader(preamble: session.preamble, target: target)
            guard let (snapshot, horizon) = try snapshot(for: work, over: &connection) else { return nil }
            do throws(PostgreSQLError) {
                guard work.scan.isCurrent(work.taken) else {
                    work.scan.putBack(work.taken)
                    return nil
                }
                (reader.preamble.snapshot, reader.horizon) = (snapshot, horizon)
                guard try moments.probe(snapshot, over: &connection) else {
                    return stopForPool(work, snapshot)
                }
                memory.server = snapshot.server
                work.tree.note(read: SeenMoment(snapshot))
                let chunk = try reader.read(work, over: &connection)
                queue.noteRead(work.scan)
                results.report(
                    .read(work.scan.plan.relation.name, blocks: work.taken.task.blocks(of: work.scan.plan)))
                return chunk
            } catch {
                guard try settle(error, work, reader, &memory, over: &connection) else { continue }
                return nil
            }
        }
        work.scan.giveUp(.replicaConflict, detail: nil, ending: work.taken)
        return nil
    }

    /// A snapshot to read a task in; that it cannot be taken is no fault of the task.
    ///
    /// - Returns: nil where there is no connection for one beside ours, which is alive and the only one that reads.
    private func snapshot(
        for work: ScanQueue.Work, over connection: inout Connection
    ) throws(PostgreSQLError) -> (snapshot: HeldSnapshot, horizon: UInt64)? {
        do throws(PostgreSQLError) {
            return try work.tree.snapshot()
        } catch {
            work.scan.putBack(work.taken)
            // Meanwhile others may be read that need no snapshot of another connection.
            if error.sqlState == .tooManyConnections { work.scan.note(isLocked: true) }
            // With ours closed there may be one for the snapshot that another reader needs.
            guard case .deadlineExceeded = error, queue.connected(to: moments) == 1 else { throw error }
            try session.brief().run([], over: &connection) { _, _ in }
            gate.stop(gate.tooFewConnections)
            return nil
        }
    }

    private func stopForPool(_ work: ScanQueue.Work, _ snapshot: HeldSnapshot) -> ReadChunk? {
        work.scan.putBack(work.taken)
        moments.drop(snapshot.id)
        gate.stop(gate.tooFewConnections)
        return nil
    }

    /// Reads several tables in one transaction and one moment; where that fails, each is read by itself, so that a fault costs
    /// only the table that it is about.
    private func attemptTogether(
        _ work: [ScanQueue.Work], _ memory: inout Memory, over connection: inout Connection
    ) throws(PostgreSQLError) {
        var reader = TaskReader(preamble: session.preamble, target: target)
        do throws(PostgreSQLError) {
            let before = moments.lastPosition
            if moments.isConsistent { reader.preamble.snapshot = try moments.join() }
            let shared = reader.preamble.snapshot
            var server: ServerIdentity?
            try reader.readTogether(work, over: &connection) { answer in
                let seen = shared.map { SeenMoment($0) } ?? moments.moment(answer, after: before)
                server = seen.server
                return seen
            }
            (memory.server, memory.elsewhere) = (server, 0)
        } catch {
            if case .connectionLost = error, !error.isElsewhere {
                queue.hold(work, by: number, on: memory.server)
                throw error
            }
            for work in work { work.scan.putBack(work.taken) }
            if reader.preamble.hasLostSnapshot(error) { try loseSnapshot(reader) }
            switch ScanFault(error) {
            case .reconnect, .stop: throw error
            default:
                // By themselves they find out what it was.
                for work in work { try attemptAlone(work.tree, &memory, over: &connection) }
                return
            }
        }
        for work in work {
            queue.noteRead(work.scan)
            results.report(
                .read(work.scan.plan.relation.name, blocks: work.taken.task.blocks(of: work.scan.plan)))
            addFinished(work)
        }
    }

    /// Reads all that is left of a logical table.
    private func attemptAlone(
        _ tree: TreeScan, _ memory: inout Memory, over connection: inout Connection
    ) throws(PostgreSQLError) {
        while let work = tree.take() {
            if let chunk = try attempt(work, &memory, over: &connection) {
                do throws(PostgreSQLError) { try chunk.count() } catch {
                    work.scan.giveUp(.serverError, detail: error.description, ending: work.taken)
                }
            }
            addFinished(work)
            if gate.stop != nil { return }
        }
    }
}

/// Dealing with errors.
extension ScanWorker {
    /// Deals with an error; false means: try the same again at once.
    private func settle(
        _ error: PostgreSQLError, _ work: ScanQueue.Work, _ reader: TaskReader, _ memory: inout Memory,
        over connection: inout Connection
    ) throws(PostgreSQLError) -> Bool {
        let (scan, taken) = (work.scan, work.taken)
        if reader.preamble.hasLostSnapshot(error) {
            scan.putBack(taken)
            try loseSnapshot(reader)
            return true
        }
        switch ScanFault(error, isForeign: scan.plan.relation.kind == .foreignTable) {
        case .again: return scan.putBackHalves(of: taken)
        case .reconnect, .stop:
            if case .connectionLost = error, !error.isElsewhere {
                queue.hold([work], by: number, on: memory.server)
            } else {
                scan.putBack(taken)
            }
            throw error
        case .waitForLock:
            scan.putBack(taken)
            if queue.putOff(scan) > Self.lockPatience {
                scan.giveUp(.lockTimeout, detail: nil)
            }
        case .halve(let reason): return try narrow(work, reader, reason, error, &memory, over: &connection)
        case .changed: try giveUpChanged(work, reader, over: &connection)
        case .giveUp(.notPopulated) where scan.plan.relation.kind != .materializedView:
            try giveUpChanged(work, reader, over: &connection)
        case .giveUp where taken.task.isDecoration: scan.skip(taken, reason: .serverError, error)
        case .giveUp(.permissionDenied): try giveUpRefused(work, reader, over: &connection)
        case .giveUp(let reason):
            let isShown = reason == .serverError || reason == .foreignServer
            scan.giveUp(reason, detail: isShown ? error.description : nil, ending: taken)
        }
        return true
    }

    /// The snapshot is gone: tables take another one, unless there is one for all.
    private func loseSnapshot(_ reader: TaskReader) throws(PostgreSQLError) {
        if moments.isConsistent {
            gate.stop(.snapshotLost, detail: nil)
            throw .cancelled
        }
        if let snapshot = reader.preamble.snapshot { moments.drop(snapshot.id) }
    }

    private func giveUpRefused(
        _ work: ScanQueue.Work, _ reader: TaskReader, over connection: inout Connection
    ) throws(PostgreSQLError) {
        do throws(PostgreSQLError) {
            try reader.giveUpRefused(work, over: &connection)
        } catch {
            work.scan.putBack(work.taken)
            throw error
        }
    }

    private func giveUpChanged(
        _ work: ScanQueue.Work, _ reader: TaskReader, over connection: inout Connection
    ) throws(PostgreSQLError) {
        do throws(PostgreSQLError) {
            try reader.giveUpChanged(work, over: &connection)
        } catch {
            work.scan.putBack(work.taken)
            throw error
        }
    }

    /// Comes closer to what cannot be read: a part of a table, a block, a row, a value.
    private func narrow(
        _ work: ScanQueue.Work, _ reader: TaskReader, _ reason: Unmeasured.Reason, _ error: PostgreSQLError,
        _ memory: inout Memory, over connection: inout Connection
    ) throws(PostgreSQLError) -> Bool {
        guard let range = work.taken.task.range else {
            if !work.scan.putBackHalves(of: work.taken) { work.scan.skip(work.taken, reason: reason, error) }
            return true
        }
        do throws(PostgreSQLError) {
            // Halving a damaged block row by row would find nothing that can be read.
            if range.isWholeBlock, reason == .damaged, try !reader.canCount(range, work, over: &connection) {
                work.scan.skip(work.taken, reason: reason, error)
            } else if reason == .tooLarge, range.halves != nil,
                let row = try reader.largestStored(range, work, over: &connection)
            {
                work.scan.putBack(work.taken, as: range.around(row))
            } else if !work.scan.putBackHalves(of: work.taken) {
                try reader.readRow(range, work, over: &connection)
            }
        } catch {
            guard case .halve = ScanFault(error) else {
                return try settle(error, work, reader, &memory, over: &connection)
            }
            work.scan.skip(work.taken, reason: reason, error)
        }
        return true
    }

    /// Whether reading may go on over a new connection: it is no use waiting for long where others have all that there are, and
    /// if the server crashed since any connection was lost, what was being read then is listed, and the survey ends: sent again,
    /// it would most likely crash it again.
    private func isReady(
        over connection: inout Connection
    ) throws(PostgreSQLError) -> Bool {
        let suspected = queue.suspectedServer(in: moments)
        var answer: MomentQuery.Answer?
        try session.brief().run(
            suspected == nil ? [] : [MomentQuery(serverVersion: session.serverVersion).statement],
            over: &connection
        ) { (_: Int, row: borrowing Row) throws(PostgreSQLError) in answer = try MomentQuery.Answer(row) }
        guard let suspected, let answer, answer.server.isSameStart(as: suspected), answer.server != suspected
        else { return true }
        let suspects = queue.stopForCrash(in: moments)
        gate.stop(
            .crashed,
            detail: "while it read "
                + suspects.map { "\($0.scan.plan.relation.name.losslessText), \($0.taken.task.words)" }
                .joined(separator: ", or "))
        return false
    }
}
