import Subprocess

/// One run of a program with nothing inherited: neither `PG*` variables nor root's identity.
struct Command: Sendable {
    /// The name of the program, looked up in `directory` first.
    var program: String
    var arguments: [String]
    /// The folder of the server's programs.
    var directory: String
    var identity: Identity?
    var environment: [String: String] = [:]

    /// Bytes that a program may write to standard output before it is an error.
    ///
    /// So much is reserved for each run, and a machine lets no process fork that has reserved more than it has.
    static let outputLimit = 64 << 20
    /// Bytes that a program may write to standard error.
    static let errorLimit = 1 << 20

    /// Runs the program, gives it `input`, and returns what it wrote to standard output.
    @discardableResult
    func run(input: [UInt8] = []) async throws(ClusterError) -> [UInt8] {
        try await run { writer throws(ClusterError) in
            try await writer.write(input)
        }
    }

    /// Runs the program while `body` writes its input.
    ///
    /// When the program fails too, its own message is reported and not that of a failed write.
    @discardableResult
    func run(
        writing body: (InputWriter) async throws(ClusterError) -> Void
    ) async throws(ClusterError) -> [UInt8] {
        BrokenPipe.isAnError()
        do {
            let result = try await Subprocess.run(
                .name(invocation.program), arguments: Arguments(invocation.arguments),
                environment: .custom(variables), platformOptions: options, input: .inputWriter,
                output: .bytes(limit: Self.outputLimit), error: .bytes(limit: Self.errorLimit)
            ) { execution in
                await write(body, to: InputWriter(execution.standardInputWriter, program: program))
            }
            guard result.terminationStatus.isSuccess else {
                throw ClusterError.failed(
                    program: program, status: result.terminationStatus.code,
                    message: result.standardError.text)
            }
            if let unwritten = result.closureResult { throw unwritten }
            return result.standardOutput
        } catch let error as ClusterError {
            throw error
        } catch {
            throw .notRun(program: program, reason: "\(error)")
        }
    }

    nonisolated(nonsending) private func write(
        _ body: (InputWriter) async throws(ClusterError) -> Void, to writer: InputWriter
    ) async -> ClusterError? {
        var failure: ClusterError?
        do throws(ClusterError) {
            try await body(writer)
        } catch {
            failure = error
        }
        await writer.finish()
        return failure
    }

    var variables: [Environment.Key: String] {
        var variables: [Environment.Key: String] = [
            "PATH": directory + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "LC_ALL": "C", "TZ": "UTC", "HOME": "/nonexistent",
            // Programs that were unpacked somewhere find their own libpq before the system's older one.
            "LD_LIBRARY_PATH": directory + "/../lib",
        ]
        for (name, value) in environment {
            guard let key = Environment.Key(rawValue: name) else { continue }
            variables[key] = value
        }
        return variables
    }

    /// What is started: on Linux `setpriv`, which takes on the identity and becomes the program.
    ///
    /// Changing the identity between fork and exec is left to it: there glibc waits for threads that exist
    /// only in the parent, for ever (`setgroups` after a bare `clone`, seen with swift-subprocess 1.0.2).
    var invocation: (program: String, arguments: [String]) {
        #if os(Linux)
            guard let identity else { return (program, arguments) }
            let options = [
                "--reuid", "\(identity.user)", "--regid", "\(identity.group)", "--clear-groups", "--",
            ]
            return ("setpriv", options + [program] + arguments)
        #else
            return (program, arguments)
        #endif
    }

    var options: PlatformOptions {
        var options = PlatformOptions()
        #if !os(Linux)
            if let identity {
                options.userID = identity.user
                options.groupID = identity.group
                options.supplementaryGroups = []
            }
        #endif
        return options
    }
}

extension TerminationStatus {
    /// The exit code, or 128 plus the signal's number as a shell reports it.
    var code: Int32 {
        switch self {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
    }
}

extension [UInt8] {
    /// The bytes as text for a message or an answer, without one trailing line end.
    var text: String {
        String(decoding: last == UInt8(ascii: "\n") ? dropLast() : self[...], as: UTF8.self)
    }
}
