import LOBProfile
import PostgreSQLClient

/// One connection that takes pieces from the queue until none is left.
///
/// Faults cost one piece.
struct ScanWorker: Sendable {
    let session: ServerSession
    let queue: ScanQueue
    let reader: PieceReader
    let results: SurveyResults
    let gate: Gate
    /// Seconds of rest after each second of work.
    let rest: Double

    /// How often a connection may be lost in a row before we give up.
    private static let reconnectAttempts = 6
    /// How long a locked table is tried; each time waits for `Preamble.lockTimeout`.
    private static let lockPatience: Duration = .seconds(5)
    /// How often a chunk is tried that a replica cancels.
    private static let conflictRetries = 20

    /// Works until the queue is empty, the task is cancelled, or the server cannot be reached any more.
    func run() async throws(PostgreSQLError) {
        var counter = ChunkCounter()
        do throws(PostgreSQLError) {
            try await work(&counter)
        } catch {
            addFinished(await counter.finish())
            throw error
        }
        addFinished(await counter.finish())
    }

    private func addFinished(_ scan: TableScan?) {
        if let scan, let finished = queue.takeFinished(scan) { results.add(finished) }
    }

    private func work(_ counter: inout ChunkCounter) async throws(PostgreSQLError) {
        var failures = 0
        var batch = TableBatch(target: reader.target)
        while true {
            do throws(PostgreSQLError) {
                var connection = try session.connect()
                var worked: Duration = .zero
                while true {
                    while case let work = queue.next(atMost: batch.tables), let (scan, piece) = work.first {
                        guard await mayRead(after: worked) else { return putBack(work) }
                        let start = ContinuousClock.now
                        if work.count > 1 {
                            try attemptTogether(work, over: &connection)
                            batch.steer(work.count, took: start.duration(to: .now))
                        } else {
                            let chunk = try attempt(piece, of: scan, over: &connection)
                            addFinished(chunk == nil ? scan : nil)
                            if let chunk { addFinished(await counter.begin(chunk)) }
                        }
                        failures = 0
                        worked = start.duration(to: .now)
                    }
                    addFinished(await counter.finish())
                    guard queue.mayHaveMore else { return session.spare.keep(connection) }
                    // Another worker's piece may be the last before a scan's next phase.
                    guard (try? await Task.sleep(for: .milliseconds(2))) != nil else { return }
                }
            } catch {
                if case .cancelled = error { return }
                failures += 1
                guard failures < Self.reconnectAttempts, Self.isTemporary(error) else { throw error }
                let pause = min(8, 0.1 * Double(1 << failures))
                results.report(.reconnecting(reason: error.description, after: pause))
                guard (try? await Task.sleep(for: .seconds(pause))) != nil else { return }
            }
        }
    }

    /// Rests after the last piece, and waits for the gate; false when nothing more is to be read.
    private func mayRead(after worked: Duration) async -> Bool {
        if rest > 0, worked > .zero {
            guard (try? await Task.sleep(for: worked * rest)) != nil else { return false }
        }
        return await gate.pass()
    }

    /// Whether trying again can help: a wrong password never becomes right.
    static func isTemporary(_ error: PostgreSQLError) -> Bool {
        if case .cancelled = error { return false }
        guard !error.isConnectionLost, let state = error.sqlState else { return true }
        // 40 is a conflict with recovery on a replica.
        return ["08", "40", "53", "57"].contains { state.sqlClass.utf8.elementsEqual($0.utf8) }
    }

    /// Reads a piece; throws only when the connection is of no use any more or we were asked to stop.
    ///
    /// - Returns: what is still to be counted.
    private func attempt(
        _ piece: TableScan.Piece, of scan: TableScan, over connection: inout Connection
    ) throws(PostgreSQLError) -> ReadChunk? {
        for _ in 0..<Self.conflictRetries {
            do throws(PostgreSQLError) {
                let chunk = try reader.read(piece, of: scan, over: &connection)
                queue.noteRead(scan)
                results.report(.read(scan.plan.relation.name, blocks: scan.blocks(of: piece)))
                return chunk
            } catch {
                guard try settle(error, piece, of: scan, over: &connection) else { continue }
                return nil
            }
        }
        scan.giveUp(.replicaConflict, detail: nil)
        return nil
    }

    private func putBack(_ work: [ScanQueue.Work]) {
        for (scan, piece) in work { scan.putBack([piece]) }
    }

    /// Reads several tables in one transaction; where that fails, each is read by itself, so that a fault costs only
    /// the table that it is about.
    private func attemptTogether(
        _ work: [ScanQueue.Work], over connection: inout Connection
    ) throws(PostgreSQLError) {
        do throws(PostgreSQLError) {
            try reader.readTogether(work, over: &connection)
        } catch {
            putBack(work)
            if session.preamble.hasLostSnapshot(error) {
                gate.stop(.snapshotLost, detail: nil)
                throw .cancelled
            }
            switch ScanFault(error) {
            case .reconnect, .stop: throw error
            default: return
            }
        }
        for (scan, piece) in work {
            queue.noteRead(scan)
            results.report(.read(scan.plan.relation.name, blocks: scan.blocks(of: piece)))
            addFinished(scan)
        }
    }

    /// Deals with an error; false means: try the same again at once.
    private func settle(
        _ error: PostgreSQLError, _ piece: TableScan.Piece, of scan: TableScan,
        over connection: inout Connection
    ) throws(PostgreSQLError) -> Bool {
        if session.preamble.hasLostSnapshot(error) {
            gate.stop(.snapshotLost, detail: nil)
            scan.putBack([piece])
            throw .cancelled
        }
        switch ScanFault(error) {
        case .again: return scan.putBackHalves(of: piece)
        case .reconnect, .stop:
            scan.putBack([piece])
            throw error
        case .waitForLock:
            scan.putBack([piece])
            if queue.putOff(scan) > Self.lockPatience {
                scan.giveUp(.lockTimeout, detail: nil, wasInFlight: false)
            }
        case .halve(let reason):
            return try narrow(piece, of: scan, reason: reason, state: error.sqlState, over: &connection)
        case .changed: try giveUpChanged(scan, piece, over: &connection)
        case .giveUp(.notPopulated) where scan.plan.relation.kind != .materializedView:
            try giveUpChanged(scan, piece, over: &connection)
        case .giveUp(let reason):
            let detail = reason == .serverError ? error.description : nil
            scan.giveUp(reason, detail: detail)
        }
        return true
    }

    private func giveUpChanged(
        _ scan: TableScan, _ piece: TableScan.Piece, over connection: inout Connection
    ) throws(PostgreSQLError) {
        do throws(PostgreSQLError) {
            try reader.giveUpChanged(scan, over: &connection)
        } catch {
            scan.putBack([piece])
            throw error
        }
    }

    /// Comes closer to what cannot be read: a part of a table, a block, a row, a value.
    private func narrow(
        _ piece: TableScan.Piece, of scan: TableScan, reason: Unmeasured.Reason, state: SQLState?,
        over connection: inout Connection
    ) throws(PostgreSQLError) -> Bool {
        switch piece {
        case .wholeTable, .sample: scan.giveUp(reason, detail: state.map { "SQLSTATE \($0)" })
        case .blocks(let blocks) where blocks.count > 1:
            let middle = blocks.count / 2
            scan.putBack([.blocks(Array(blocks[middle...])), .blocks(Array(blocks[..<middle]))])
        case .blocks(let blocks): scan.skip(blocks[0], reason: reason, state: state)
        case .storage: scan.leaveStorage()
        case .fetch(let batch):
            if let (first, second) = batch.halves {
                scan.putBack([.fetch(second), .fetch(first)])
            } else {
                scan.skip(batch, reason: reason, state: state)
            }
        case .chunk(let range):
            if reason == .statementTimeout { scan.shrinkChunks(below: piece) }
            do throws(PostgreSQLError) {
                try narrow(range, of: scan, reason: reason, state: state, over: &connection)
            } catch {
                guard case .halve = ScanFault(error) else {
                    return try settle(error, piece, of: scan, over: &connection)
                }
                scan.skip(range, reason: reason, state: state)
            }
        }
        return true
    }

    private func narrow(
        _ range: TIDRange, of scan: TableScan, reason: Unmeasured.Reason, state: SQLState?,
        over connection: inout Connection
    ) throws(PostgreSQLError) {
        // Halving a damaged block row by row would find nothing that can be read.
        if range.isWholeBlock, reason == .damaged, try !reader.canCount(range, of: scan, over: &connection) {
            scan.skip(range, reason: reason, state: state)
        } else if let (first, second) = range.halves {
            scan.putBack([.chunk(second), .chunk(first)])
        } else {
            try reader.readRow(range, of: scan, over: &connection)
        }
    }
}

extension TableScan {
    /// Blocks of the plan that a piece stands for, for progress.
    func blocks(of piece: Piece) -> Int {
        switch piece {
        case .chunk(let range): range.blockCount
        case .wholeTable: plan.relation.blocks
        case .sample: plan.price.blocks
        case .blocks(let blocks): blocks.count
        case .fetch, .storage: 0
        }
    }
}
