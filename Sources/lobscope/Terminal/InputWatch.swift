import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Ends this process in an orderly way when its standard input ends: whoever started it holds the other end, and is gone then.
enum InputWatch {
    /// Begins to wait, on a thread of its own.
    static func start() {
        Thread.detachNewThread {
            // Bytes mean nothing, only their end does.
            while !FileHandle.standardInput.availableData.isEmpty {}
            kill(getpid(), SIGTERM)
            // Nobody is left to end what hangs.
            Thread.sleep(forTimeInterval: 30)
            _exit(128 + SIGTERM)
        }
    }
}
