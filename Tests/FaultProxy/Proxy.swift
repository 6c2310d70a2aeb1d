import Foundation
public import Synchronization

/// A TCP proxy in front of the test server that can cut or swallow what the server sends.
public final class Proxy: Sendable {
    /// Where it listens on 127.0.0.1.
    public let port: Int
    private let listener: Int32
    /// The port on 127.0.0.1 that a connection is led to, by its number from 0.
    private let upstream: @Sendable (Int) -> Int
    /// How many bytes of the server pass before the connection is closed; nil is all.
    public let passes: Mutex<Int?>
    /// Whether the bytes of the server are swallowed from now on.
    public let isStalled = Mutex(false)

    /// The proxy cannot listen.
    public struct Failure: Error {}

    /// Listens on a free port, in front of one server.
    public convenience init(to upstream: Int, passing count: Int? = nil) throws {
        try self.init(passing: count) { _ in upstream }
    }

    /// Listens on a free port, in front of several servers.
    ///
    /// - Parameter upstream: the port on 127.0.0.1 that a connection is led to, by its number from 0.
    public init(passing count: Int? = nil, to upstream: @escaping @Sendable (Int) -> Int) throws {
        self.upstream = upstream
        passes = Mutex(count)
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard bound else { throw Failure() }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in accepting() }
    }

    /// Listens no longer.
    public func close() { shutdown(listener, Int32(SHUT_RDWR)) }

    private static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private func accepting() {
        for number in 0... {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { break }
            let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = Self.loopback(port: upstream(number))
            _ = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            // The one that ends last closes both: a number that is free may be another connection's at once.
            let pumps = Ended()
            Thread.detachNewThread { self.pump(client, server, isFromServer: false, pumps) }
            Thread.detachNewThread { self.pump(server, client, isFromServer: true, pumps) }
        }
        Glibc.close(listener)
    }

    /// How many of the two pumps of a connection have ended.
    private final class Ended: Sendable {
        let count = Atomic<Int>(0)
    }

    private func pump(_ source: Int32, _ target: Int32, isFromServer: Bool, _ ended: Ended) {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(source, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            guard isFromServer else {
                guard send(target, buffer, count, Int32(MSG_NOSIGNAL)) == count else { break }
                continue
            }
            if isStalled.withLock({ $0 }) { continue }
            let allowed = passes.withLock { rest -> Int in
                guard let left = rest else { return count }
                rest = max(0, left - count)
                return min(left, count)
            }
            if allowed > 0 { send(target, buffer, allowed, Int32(MSG_NOSIGNAL)) }
            if allowed < count { break }
        }
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(target, Int32(SHUT_RDWR))
        guard ended.count.add(1, ordering: .acquiringAndReleasing).newValue == 2 else { return }
        Glibc.close(source)
        Glibc.close(target)
    }
}
