import CTerminal

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What stands at the other end of our output.
enum Terminal {
    /// Whether results go to a terminal.
    static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    /// Whether progress goes to a terminal.
    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether NO_COLOR is set and not empty (no-color.org), or the terminal cannot show colour.
    static var colorIsUnwanted: Bool {
        let environment = ProcessInfo.processInfo.environment
        return !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    }

    /// Columns of lines: COLUMNS where it is set, else what the terminal says, else 100; at least 40.
    static var columns: Int { columns(STDOUT_FILENO, otherwise: 100) }

    /// Columns of the line of progress: the same of standard error, and 80 where nobody says.
    static var progressColumns: Int { columns(STDERR_FILENO, otherwise: 80) }

    private static func columns(_ descriptor: Int32, otherwise usual: Int) -> Int {
        let wanted = ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init)
        let found = Int(terminal_columns(descriptor))
        return max(40, wanted ?? (found > 0 ? found : usual))
    }
}
