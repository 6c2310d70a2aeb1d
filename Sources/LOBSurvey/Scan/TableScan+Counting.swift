import LOBProfile
import PostgreSQLClient
import SizeStatistics
import Synchronization

/// Counting what tasks have read, and noting what could not be.
extension TableScan {
    /// Counts a chunk whose transaction ended well, or what had changed in it.
    func add(_ result: CountedResult, of taken: Taken) {
        finish(taken) { state in
            result.add(to: &state.progress.columns, \.sizes)
            if let range = taken.task.range, let part = plan.recentPart(ofBlock: range.start.block) {
                result.addRecent(to: &state.progress.columns, part: part)
            }
            state.usesLZ4 = state.usesLZ4.map { $0 || result.usesLZ4 ?? true }
            state.rows += result.rows
            state.listing.note(hasFound: result.hasPlaces)
            if case .changes = taken.task { state.changedVersions += result.rows }
        }
    }

    /// Asks for the rows of the tail from now on, with their places.
    func listTail() { state.withLock { $0.listing.note(hasFound: true) } }

    /// Learns from the time that a chunk took how large the next one may be.
    func steer(after taken: Taken, took time: Duration, target: Duration) {
        guard let range = taken.task.range else { return }
        state.withLock { state in
            state.busySeconds += time.inSeconds
            state.chunks.note(range.blockCount, took: time, target: target)
        }
    }

    /// Counts blocks of the sample.
    func add(
        _ results: [PackedResult], of taken: Taken, took time: Duration, target: Duration
    ) throws(PostgreSQLError) {
        var failure: PostgreSQLError?
        finish(taken, took: time) { state in
            do throws(PostgreSQLError) {
                for result in results { try state.sample.add(result) }
                state.draws.note(results.count, took: time, target: target)
            } catch {
                failure = error
                state.inFlight += 1
            }
        }
        if let failure { throw failure }
    }

    /// Counts a complete scan that was read row by row.
    func add(rows: Int, columns: [ColumnAccumulator], of taken: Taken, took time: Duration) {
        finish(taken, took: time) { state in
            for (index, column) in columns.enumerated() { state.columns[index].sizes = .complete(column) }
            state.rows += rows
        }
    }

    /// Counts a sample that was read row by row.
    func add(sample: SampleAccumulator, of taken: Taken, took time: Duration) {
        finish(taken, took: time) { $0.sample = sample }
    }

    /// Counts rows of the second phase, in the order of the batch; nil for one that was gone or had changed.
    func add(_ sizes: [Int32?], of batch: FetchBatch, _ taken: Taken, took time: Duration) {
        finish(taken, took: time) { state in
            for (row, size) in zip(batch.rows, sizes) {
                guard let size else { continue }
                state.columns[batch.column].addMeasured(
                    row, size: size, isRandom: batch.random.contains(row),
                    recentPart: plan.recentPart(ofBlock: Int(row.place.block)))
            }
        }
    }

    /// Counts what could be read of a single row, and notes the columns that could not.
    func add(_ row: RowOutcome, of taken: Taken) {
        finish(taken) { state in
            for (indices, result) in row.read {
                result.add(to: &state.progress.columns, \.sizes, at: indices)
                if result.usesLZ4 == true { state.usesLZ4 = state.usesLZ4.map { _ in true } }
            }
            state.rows += row.read.first?.result.rows ?? 0
            state.missesRows = state.missesRows || row.read.isEmpty
            for entry in row.failures { note(entry, taken.task, &state) }
        }
    }

    private func note(_ entry: RowOutcome.Failure, _ task: ScanTask, _ state: inout State) {
        guard let range = task.range else { return }
        state.columns[entry.index].unreadBlocks.insert(range.start.block)
        state.columns[entry.index].failures.append(
            Unmeasured(
                relation: plan.relation.name, column: scannedColumns[entry.index].name, reason: entry.reason,
                detail: entry.error.detail(of: range.description)))
    }

    /// Notes that a part could not be read; the rest goes on.
    func skip(_ taken: Taken, reason: Unmeasured.Reason, _ error: PostgreSQLError) {
        let failure = Unmeasured(
            relation: plan.relation.name, reason: reason, detail: error.detail(of: taken.task.words))
        finish(taken) { state in
            switch taken.task {
            case .chunk(let range), .changes(let range):
                let blocks = range.start.block..<range.start.block + max(1, range.blockCount)
                for index in state.columns.indices { state.columns[index].unreadBlocks.formUnion(blocks) }
                state.missesRows = true
                state.failures.append(failure)
            case .blocks:
                state.unreadSample += 1
                state.failures.append(failure)
            case .fetch(let batch):
                state.columns[batch.column].skipRow(
                    Unmeasured(
                        relation: plan.relation.name, column: scannedColumns[batch.column].name,
                        reason: reason, detail: failure.detail))
            case .storage: break
            case .wholeTable, .sample, .emptiness, .toastFacts, .toast:
                state.failures = [failure]
                state.hasGivenUp = true
            }
        }
    }

    /// Notes whether rows are hidden from a plain read of a table of which none was read.
    func note(isHidden: Bool, _ taken: Taken) {
        finish(taken) { state in
            guard isHidden else { return }
            state.failures = [Unmeasured(relation: plan.relation.name, reason: .hidden)]
            state.hasGivenUp = true
        }
    }
}

extension PostgreSQLError {
    /// A part of a table with what the server said of it: its message names no values, see ``ServerError``.
    func detail(of part: String) -> String {
        guard case .server(let error) = self else { return part }
        return "\(part), SQLSTATE \(error.sqlState): \(error.message)"
    }
}
