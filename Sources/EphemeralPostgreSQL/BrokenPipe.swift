#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What happens when a program ends before it has read all of its input.
public enum BrokenPipe {
    /// Makes such a write an error of that write; the system's default ends the whole process by SIGPIPE.
    ///
    /// It holds for the process, from the first call on.
    public static func isAnError() {
        _ = once
    }

    private static let once: Bool = {
        _ = signal(SIGPIPE, SIG_IGN)
        return true
    }()
}
