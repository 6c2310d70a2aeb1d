import Foundation
import Subprocess
import SystemPackage

/// One `lobscope profile` of a fleet, as a process of its own.
///
/// A process is what isolates best: one that crashes, runs out of memory or hangs in a library takes no other with it and can be
/// ended whatever it does, its memory is given back, and `PGPASSWORD` is that of its database alone. And it is the same command
/// that a person would run, so there is no second way to profile.
struct ProfileProcess: Sendable {
    /// The words behind the name of the program.
    let arguments: [String]
    /// Variables over those of this process.
    let environment: [String: String]
    /// The file that takes what it says on standard error.
    let log: String
    /// How long it may take; nil for as long as it takes.
    let deadline: Duration?

    /// What it has after a signal to store what it has read, before it is killed.
    private static let grace = Duration.seconds(30)

    /// Why it was told to end.
    enum Stop: Sendable {
        case deadline, interruption
    }

    /// How it ended.
    enum Ending: Sendable {
        case exited(Int32)
        case signaled(Int32)
        case stopped(Stop)
        case notStarted(String)
    }

    /// Runs it to its end; where the task is cancelled, it is told to end and keeps what it has read.
    func run() async -> Ending {
        let (stops, stop) = AsyncStream.makeStream(of: Stop.self)
        // A task of its own: a cancelled one signals twice, and a second signal ends a profile without its report.
        let process = Task { await spawn(stops) }
        let timer = Task {
            guard let deadline, (try? await Task.sleep(for: deadline)) != nil else { return }
            stop.yield(.deadline)
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await process.value
        } onCancel: {
            stop.yield(.interruption)
        }
    }

    private func spawn(_ stops: AsyncStream<Stop>) async -> Ending {
        do {
            let file = try FileDescriptor.open(
                FilePath(log), .writeOnly, options: [.create, .truncate, .closeOnExec],
                permissions: [.ownerReadWrite])
            var options = PlatformOptions()
            // Ctrl-C in a terminal goes to all of a group: it is for the fleet, which passes it on once.
            options.processGroupID = 0
            // Standard input stays open until this process ends in any way, which tells the other one to end as well.
            let result = try await Subprocess.run(
                .path(FilePath(Bundle.main.executablePath ?? CommandLine.arguments[0])),
                arguments: Arguments(arguments), environment: .inherit.updating(variables),
                platformOptions: options, input: .inputWriter, output: .sequence,
                error: .fileDescriptor(file, closeAfterSpawningProcess: true)
            ) { execution in
                let stopper = Task { await Self.stop(execution, when: stops) }
                // The report on standard output is in the folder too; its end is that of the process.
                do { for try await _ in execution.standardOutput {} } catch {}
                stopper.cancel()
                return await stopper.value
            }
            if let stop = result.closureResult { return .stopped(stop) }
            switch result.terminationStatus {
            case .exited(let code): return .exited(code)
            case .signaled(let signal): return .signaled(signal)
            }
        } catch {
            return .notStarted("\(error)")
        }
    }

    private var variables: [Environment.Key: String?] {
        Dictionary(
            uniqueKeysWithValues: environment.compactMap { name, value in
                Environment.Key(rawValue: name).map { ($0, value) }
            })
    }

    /// Waits for a reason to end the process, then asks it to end, and kills it where it does not.
    private static func stop<Input, Output, Failure>(
        _ execution: Execution<Input, Output, Failure>, when stops: AsyncStream<Stop>
    ) async -> Stop? {
        for await stop in stops {
            try? execution.send(signal: .terminate)
            if (try? await Task.sleep(for: grace)) != nil { try? execution.send(signal: .kill) }
            return stop
        }
        return nil
    }
}
