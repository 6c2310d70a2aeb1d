import ArgumentParser

/// Why a command failed, as it is shown, with the status to leave with.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String
    let status: ExitCode

    /// A failure that says what an error says: the object first, a hint on its own line.
    init(_ error: some Error & CustomStringConvertible, status: ExitCode = .failure) {
        self.init(error.description, status: status)
    }

    /// A failure in words of our own.
    init(_ message: String, status: ExitCode = .failure) {
        description = "lobscope: \(message)"
        self.status = status
    }

    private init(description: String, status: ExitCode) {
        (self.description, self.status) = (description, status)
    }

    /// The same failure as one of wrong use.
    var asUsage: CommandFailure { CommandFailure(description: description, status: .validationFailure) }
}

extension ExitCode {
    /// Succeeded, and there is something to act on.
    static let somethingToActOn = ExitCode(2)
    /// Something that was planned was not measured.
    static let partial = ExitCode(3)
    /// The reader of our output went away.
    static let brokenPipe = ExitCode(141)
}
