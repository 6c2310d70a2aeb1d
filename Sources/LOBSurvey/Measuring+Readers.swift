import LOBProfile
import PostgreSQLClient

/// Reading from each of the readers, and from the others what one of them has begun that is lost.
extension Measuring {
    /// None where one of them crashed: what crashed it would crash the next one too.
    private var living: [Reader] {
        let hasCrashed = readers.contains { $0.gate.stop?.reason == .crashed }
        return hasCrashed ? [] : readers.filter { $0.gate.stop == nil }
    }

    /// Whether there is a server to read from.
    var canGoOn: Bool { !living.isEmpty }

    /// Runs the workers of all readers; returns the error that ended the last of them, if one did.
    func read(_ queue: ScanQueue, into results: SurveyResults? = nil) async -> PostgreSQLError? {
        await withTaskGroup(of: PostgreSQLError?.self) { group in
            for (index, reader) in living.enumerated() {
                group.addTask {
                    let error = await read(
                        queue, from: reader, firstWorker: index * max(1, options.jobs),
                        into: results ?? self.results)
                    leave(queue, reader, error)
                    return error
                }
            }
            var last: PostgreSQLError?
            for await error in group { last = error ?? last }
            // Others may have done the work of a worker that was refused.
            return queue.isDone ? nil : last
        }
    }

    private func read(
        _ queue: ScanQueue, from reader: Reader, firstWorker: Int, into results: SurveyResults
    ) async -> PostgreSQLError? {
        await withTaskGroup(of: PostgreSQLError?.self) { group in
            for number in 0..<max(1, options.jobs) {
                let worker = ScanWorker(
                    session: reader.session, queue: queue, moments: reader.moments, target: options.chunkTime,
                    results: results, gate: reader.gate, rest: options.throttle.rest,
                    number: firstWorker + number)
                group.addTask(executorPreference: executor) {
                    do throws(PostgreSQLError) {
                        try await worker.run()
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            var last: PostgreSQLError?
            for await error in group { last = error ?? last }
            return last
        }
    }

    /// Gives a reader up that is lost, or was busy for too long, and lets the others read what it had begun.
    private func leave(_ queue: ScanQueue, _ reader: Reader, _ error: PostgreSQLError?) {
        guard let place = reader.place, !queue.isDone, !Task.isCancelled, let loss = loss(of: reader, error)
        else { return }
        reader.gate.stop(loss)
        guard canGoOn else { return }
        queue.handOver(from: reader.moments)
        results.report(.readerLost(place: place, reason: loss.reason))
    }

    /// Why a reader has ended before the others; nil where they all end.
    private func loss(of reader: Reader, _ error: PostgreSQLError?) -> Gate.Stop? {
        guard let stop = reader.gate.stop else { return error.map { Self.stop(of: reader, after: $0) } }
        return [.timeBudget, .crashed].contains(stop.reason) ? nil : stop
    }

    /// Waits until the readers have what the catalog was read of once more; what one of them lacks even so is told of each table.
    func catchUp(_ main: ServerSession) {
        guard !options.readers.isEmpty else { return }
        let needed = try? main.withConnection { (connection) throws(PostgreSQLError) in
            try CatalogState(main, over: &connection)
        }
        guard let needed else { return }
        for reader in living {
            _ = try? reader.session.withConnection { (connection) throws(PostgreSQLError) in
                try CatalogState.awaited(needed, reader.session, over: &connection)
            }
        }
    }

    /// Takes the largest json and jsonb values apart on the first reader that can, where that was asked for.
    func takeLargestApart() async {
        guard let reader = living.first else { return }
        await HeavyKeyPass(options, reader.session, reader.gate)?.run(results, reader.moments)
    }

    /// Measures the large objects on the first reader that can.
    func largeObjects() async -> LargeObjectSummary? {
        guard options.scope.isWholeDatabase else { return nil }
        if let known = survey.resumption?.profile.largeObjects, known.isComplete { return known }
        survey.listener(.largeObjects)
        var failure: (error: PostgreSQLError, stop: Gate.Stop?)?
        if !canGoOn { failure = (.cancelled, stop(after: nil)) }
        for reader in living where failure == nil || !Task.isCancelled {
            let objects = LargeObjectSurvey(
                session: reader.session, moments: reader.moments, gate: reader.gate, results: results,
                target: options.chunkTime, rest: options.throttle.rest)
            do throws(PostgreSQLError) {
                return try await objects.run()
            } catch {
                failure = (error, reader.gate.stop)
            }
        }
        if let failure { results.add(Survey.largeObjectsUnmeasured(failure.error, failure.stop)) }
        return nil
    }
}
