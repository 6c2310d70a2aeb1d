import Dispatch
import Subprocess
import SystemPackage

/// Unpacks gzip by the program of that name: no library of ours reads it.
struct Gunzip {
    /// Gives what a source unpacks to.
    ///
    /// The source is fed to `gzip`, and `body` runs, each on a thread that may wait.
    ///
    /// - Throws: `CommandFailure` where `gzip` is missing or the data are damaged.
    static func run<Value: Sendable>(
        _ source: ByteSource,
        _ body: @escaping @Sendable (ByteSource) -> Result<Value, CommandFailure>
    ) async throws(CommandFailure) -> Value {
        let (input, output) = try pipes()
        feed(source, to: input.writeEnd)
        async let read = Blocking.run {
            defer { try? output.readEnd.close() }
            return body(ByteSource(reading: output.readEnd, name: source.name))
        }
        let status = await status(input.readEnd, output.writeEnd)
        let value = await read
        switch status {
        case .success(true): return try value.get()
        case .success(false):
            throw CommandFailure("\"\(source.name)\" is a damaged gzip file\nhint: fetch it again")
        case .failure(let failure): throw failure
        }
    }

    private typealias Pipe = (readEnd: FileDescriptor, writeEnd: FileDescriptor)

    private static func pipes() throws(CommandFailure) -> (Pipe, Pipe) {
        do {
            return (try FileDescriptor.pipe(), try FileDescriptor.pipe())
        } catch {
            throw CommandFailure("a pipe to gzip cannot be made: \(error)")
        }
    }

    private static func feed(_ source: ByteSource, to pipe: FileDescriptor) {
        DispatchQueue.global().async {
            defer { try? pipe.close() }
            var source = source
            // A gzip that ends early says itself what is wrong.
            while let bytes = try? source.next(), !bytes.isEmpty {
                guard (try? pipe.writeAll(bytes)) != nil else { return }
            }
        }
    }

    /// Whether gzip ended well.
    private static func status(
        _ input: FileDescriptor, _ output: FileDescriptor
    ) async -> Result<Bool, CommandFailure> {
        do {
            let result = try await Subprocess.run(
                .name("gzip"), arguments: ["-dc"],
                input: .fileDescriptor(input, closeAfterSpawningProcess: true),
                output: .fileDescriptor(output, closeAfterSpawningProcess: true), error: .discarded)
            return .success(result.terminationStatus.isSuccess)
        } catch {
            return .failure(
                CommandFailure(
                    "\"gzip\" could not be run\nhint: install gzip, or unpack the log before: "
                        + "zcat LOG.gz | lobscope truncations - ..."))
        }
    }
}

/// Work that waits for files and pipes, on a thread of its own rather than one that tasks share.
enum Blocking {
    /// Runs the work.
    static func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: work()) }
        }
    }
}
