import ArgumentParser
import LOBAdvice
import LOBReports
import LOBStore
import PostgreSQLClient
import Synchronization

/// Profiles the databases of a fleet, so many at a time, each in a process and a folder of its own.
struct FleetRun: Sendable {
    let databases: [FleetDatabase]
    let folder: FleetFolder
    /// Words that every profile gets, before those of its own.
    let shared: [String]
    let parallel: Int
    /// How long each may take; nil for as long as it takes.
    let deadline: Duration?
    /// Whether what an earlier run has left is taken up.
    let isResumed: Bool
    let isQuiet: Bool

    /// The position of the next database, and how many have ended.
    private final class Queue: Sendable {
        private let state = Mutex((next: 0, ended: 0))

        func take(of count: Int) -> Int? {
            state.withLock { state in
                guard state.next < count else { return nil }
                defer { state.next += 1 }
                return state.next
            }
        }

        func ended() -> Int {
            state.withLock { state in
                state.ended += 1
                return state.ended
            }
        }
    }

    /// What became of each database, in the order of the file; where the task is cancelled, of those too that were not begun.
    func entries() async -> [FleetEntry] {
        let queue = Queue()
        return await withTaskGroup(of: [(Int, FleetEntry)].self) { group in
            for _ in 0..<min(parallel, databases.count) {
                group.addTask { await work(queue) }
            }
            var all: [(Int, FleetEntry)] = []
            for await part in group { all += part }
            return all.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func work(_ queue: Queue) async -> [(Int, FleetEntry)] {
        var entries: [(Int, FleetEntry)] = []
        while let index = queue.take(of: databases.count) {
            let entry = await entry(databases[index])
            entries.append((index, entry))
            let number = queue.ended()
            guard !isQuiet else { continue }
            StandardError.write("\(entry.name): \(FleetWords.ended(entry)) (\(number) of \(databases.count))")
        }
        return entries
    }

    private func entry(_ database: FleetDatabase) async -> FleetEntry {
        let resumption: String?
        do throws(StoreError) {
            switch try isResumed ? folder.state(of: database) : .open {
            case .finished(let entry): return entry
            case .open: resumption = nil
            case .resumable(let earlier): resumption = earlier
            }
        } catch {
            return failed(database, FleetEntry.Reason(error.message, hint: error.hint))
        }
        guard !Task.isCancelled else {
            return failed(database, FleetEntry.Reason("not begun: interrupted", hint: Self.resume))
        }
        let ending = await process(database, resumption).run()
        return result(of: database, reason: reason(ending, database))
    }

    private static let resume = "--resume goes on with it"

    private func failed(_ database: FleetDatabase, _ reason: FleetEntry.Reason) -> FleetEntry {
        FleetEntry(name: database.name, labels: database.labels, outcome: .failed(reason), figures: nil)
    }

    private func process(_ database: FleetDatabase, _ resumption: String?) -> ProfileProcess {
        ProfileProcess(
            arguments: ["profile"] + shared + database.options + [
                "--out", folder.report(of: database.name), "--quiet", "--color", "never", "--end-with-input",
            ] + (resumption.map { ["--resume", $0] } ?? []) + ["--", database.conninfo.text],
            environment: database.conninfo.password.map { ["PGPASSWORD": $0] } ?? [:],
            log: folder.log(of: database.name), deadline: deadline)
    }

    /// What its folder holds now; the reason counts most where it holds nothing.
    private func result(of database: FleetDatabase, reason: FleetEntry.Reason?) -> FleetEntry {
        let path = folder.report(of: database.name)
        do throws(StoreError) {
            let profile = try Snapshot.open(path).profile
            // A signal may come when nothing is left to do.
            let isDone = profile.isComplete && ReportFolder.isWhole(path)
            return FleetEntry(
                name: database.name, labels: database.labels, profile, reason: isDone ? nil : reason)
        } catch {
            return failed(database, reason ?? FleetEntry.Reason(error.message, hint: error.hint))
        }
    }

    /// Why a profile did not end well; nil where it did, or its report tells what is missing.
    private func reason(_ ending: ProfileProcess.Ending, _ database: FleetDatabase) -> FleetEntry.Reason? {
        switch ending {
        case .exited(0): nil
        case .exited(let code):
            FleetLog.reason(in: folder.log(of: database.name), hiding: database.conninfo.password)
                ?? (code == ExitCode.partial.rawValue
                    ? nil : FleetEntry.Reason("ended with status \(code)", hint: Self.resume))
        case .signaled(let signal):
            FleetEntry.Reason("killed by signal \(signal)", hint: Self.resume)
        case .stopped(.deadline):
            FleetEntry.Reason(
                "given up after \(Int((deadline ?? .zero).inSeconds.rounded())) s",
                hint: "raise --give-up-after, or set time-budget in its options; \(Self.resume)")
        case .stopped(.interruption): FleetEntry.Reason("interrupted", hint: Self.resume)
        case .notStarted(let reason): FleetEntry.Reason("lobscope could not be started: \(reason)")
        }
    }
}
