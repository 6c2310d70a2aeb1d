#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Waiting for, and giving up, a socket that libpq owns.
enum Socket {
    struct Events: OptionSet {
        let rawValue: Int16

        static let readable = Events(rawValue: Int16(POLLIN))
        static let writable = Events(rawValue: Int16(POLLOUT))
    }

    /// Waits until one of `events`, or an error, is pending; looks at the deadline at least every 100 ms.
    static func wait(_ socket: Int32, for events: Events, _ deadline: Deadline) throws(PostgreSQLError)
        -> Events
    {
        guard socket >= 0 else { throw .connectionLost(reason: "its socket is closed") }
        while true {
            try deadline.check()
            var descriptor = pollfd(fd: socket, events: events.rawValue, revents: 0)
            let ready = unsafe poll(&descriptor, 1, deadline.milliseconds)
            if ready > 0 {
                let pending = Events(rawValue: descriptor.revents).intersection(events)
                // An error or a hang-up: let libpq find it by reading.
                return pending.isEmpty ? events : pending
            }
            if ready < 0, errno != EINTR, errno != EAGAIN {
                throw .connectionLost(reason: "its socket cannot be polled")
            }
        }
    }

    /// Makes every later read and write fail at once, without closing what libpq will close.
    static func abandon(_ socket: Int32) {
        guard socket >= 0 else { return }
        _ = shutdown(socket, Int32(SHUT_RDWR))
    }
}
