import Foundation
import SystemPackage

/// The bytes of a file, or of standard input for `-`, from start to end.
///
/// Used by one thread at a time.
struct ByteSource: Sendable {
    /// How the source is called in messages.
    let name: String
    private let descriptor: FileDescriptor
    private var held: [UInt8] = []

    /// Bytes that are asked for at once.
    private static let chunk = 1 << 20

    /// Opens a source; a pipe or a FIFO is as good as a file.
    ///
    /// - Throws: `CommandFailure` where it is not there or may not be read.
    init(_ path: String) throws(CommandFailure) {
        let isStandardInput = path.utf8.elementsEqual("-".utf8)
        name = isStandardInput ? "standard input" : path
        guard !isStandardInput else {
            descriptor = .standardInput
            return
        }
        do {
            descriptor = try FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec])
        } catch {
            throw CommandFailure("\"\(path)\" cannot be opened: \(error)\nhint: check the path")
        }
    }

    /// A source that reads what another program writes.
    init(reading descriptor: FileDescriptor, name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    /// The next bytes; empty at the end.
    mutating func next() throws(CommandFailure) -> [UInt8] {
        defer { held = [] }
        return held.isEmpty ? try read() : held
    }

    /// Whether the source begins as a gzip file does (RFC 1952); nothing is taken from it.
    mutating func isGzip() throws(CommandFailure) -> Bool {
        while held.count < 2 {
            let more = try read()
            guard !more.isEmpty else { return false }
            held += more
        }
        return held.starts(with: [0x1F, 0x8B])
    }

    /// Everything up to the end.
    ///
    /// - Throws: `CommandFailure` where there is more than a limit in bytes.
    mutating func all(limit: Int) throws(CommandFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let more = try next()
            guard !more.isEmpty else { return bytes }
            bytes += more
            guard bytes.count <= limit else {
                throw CommandFailure("\"\(name)\" has more than \(limit) bytes")
            }
        }
    }

    /// Closes a file; standard input stays open.
    func close() {
        if descriptor != .standardInput { try? descriptor.close() }
    }

    private func read() throws(CommandFailure) -> [UInt8] {
        let handle = FileHandle(fileDescriptor: descriptor.rawValue, closeOnDealloc: false)
        do {
            return Array(try handle.read(upToCount: Self.chunk) ?? Data())
        } catch {
            throw CommandFailure("\"\(name)\" cannot be read\nhint: give a file, or - for standard input")
        }
    }
}
