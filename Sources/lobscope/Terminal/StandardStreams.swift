import LOBReports
import SystemPackage

/// The three streams that a process begins with.
enum StandardStreams {
    /// Gives the number of a stream that was closed to the null device, for reading only.
    ///
    /// Otherwise the next file or socket would get it, and be taken for the stream.
    static func areNeverFreeNumbers() {
        while let opened = try? FileDescriptor.open(FilePath("/dev/null"), .readOnly) {
            guard opened.rawValue > 2 else { continue }
            try? opened.close()
            return
        }
    }
}

/// Results go to standard output, all of them or an error: a full disk must not look like success.
enum StandardOutput {
    /// Writes bytes.
    ///
    /// - Throws: `CommandFailure` when they cannot be written; status 141 when the reader went away.
    static func write(_ bytes: [UInt8]) throws(CommandFailure) {
        do {
            try FileDescriptor.standardOutput.writeAll(bytes)
        } catch Errno.brokenPipe {
            throw CommandFailure("standard output was closed by its reader", status: .brokenPipe)
        } catch {
            throw CommandFailure("standard output cannot be written: \(error)")
        }
    }
}

/// Progress, warnings and errors go to standard error; nobody can be told when that fails.
enum StandardError {
    /// Writes a line or several, passwords of connection strings hidden and control characters escaped visibly.
    static func write(_ line: String) {
        let lines = Redaction.of(line, quoting: Array(CommandLine.arguments.dropFirst())).utf8.split(
            separator: 0x0A, omittingEmptySubsequences: false)
        let escaped = lines.map { VisibleText.escape(String(decoding: $0, as: UTF8.self)) + "\n" }
        _ = try? FileDescriptor.standardError.writeAll(Array(escaped.joined().utf8))
    }

    /// Writes bytes as they are, for the progress line's own escapes.
    static func writeRaw(_ bytes: [UInt8]) {
        _ = try? FileDescriptor.standardError.writeAll(bytes)
    }
}
