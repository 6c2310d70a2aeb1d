import Crypto
import Foundation
import SystemPackage

/// An open file or folder, closed with the value.
struct OpenFile: ~Copyable {
    let path: String
    private let descriptor: FileDescriptor
    private var isOpen = true

    private init(
        _ path: String, _ mode: FileDescriptor.AccessMode, _ options: FileDescriptor.OpenOptions,
        for operation: StoreError.Operation
    ) throws(StoreError) {
        let opened = try SystemCall.attempt(operation, path) {
            try FileDescriptor.open(
                FilePath(path), mode, options: options.union(.closeOnExec),
                permissions: options.contains(.create) ? .ownerReadWrite : nil)
        }
        self.path = path
        descriptor = opened
    }

    /// Creates a file that was not there, for its owner only.
    static func creating(_ path: String) throws(StoreError) -> OpenFile {
        let file = try OpenFile(path, .readWrite, [.create, .exclusiveCreate, .noFollow], for: .create)
        // The umask can only have taken rights away from the owner; without them only reading suffers.
        _ = fchmod(file.descriptor.rawValue, 0o600)
        return file
    }

    /// Opens a regular file, without ever waiting for a pipe or touching a device.
    static func reading(_ path: String) throws(StoreError) -> OpenFile {
        let file: OpenFile
        do {
            file = try OpenFile(path, .readOnly, [.noFollow, .nonBlocking], for: .open)
        } catch {
            throw explained(error)
        }
        guard try file.status().type == .regular else { throw StoreError(path, .notAFile) }
        return file
    }

    private static func explained(_ error: StoreError) -> StoreError {
        guard case .system(_, let code) = error.problem else { return error }
        return switch Errno(rawValue: code) {
        case .noSuchFileOrDirectory: StoreError(error.path, .notFound)
        case .tooManySymbolicLinkLevels, .noSuchAddressOrDevice: StoreError(error.path, .notAFile)
        default: error
        }
    }

    /// Opens a folder.
    static func folder(_ path: String) throws(StoreError) -> OpenFile {
        try OpenFile(path, .readOnly, [.directory], for: .open)
    }

    deinit {
        if isOpen { try? descriptor.close() }
    }

    private func status() throws(StoreError) -> Stat {
        try SystemCall.attempt(.open, path) { try descriptor.stat() }
    }

    /// Writes all bytes at the end of what was written.
    func write(_ bytes: [UInt8]) throws(StoreError) {
        _ = try SystemCall.attempt(.write, path) { try descriptor.writeAll(bytes) }
    }

    /// The whole content from the start, which may not be larger than a limit in bytes.
    func content(limit: Int) throws(StoreError) -> [UInt8] {
        let size = try status().size
        guard size <= limit else {
            throw StoreError(path, .tooLarge(reason: "has \(size) bytes; the limit is \(limit)"))
        }
        let data = try SystemCall.attempt(.read, path) {
            try descriptor.seek(offset: 0, from: .start)
            let handle = FileHandle(fileDescriptor: descriptor.rawValue, closeOnDealloc: false)
            return try handle.read(upToCount: Int(size)) ?? Data()
        }
        return Array(data)
    }

    /// The digest of the whole content, of which only a piece is in memory at a time.
    func digest() throws(StoreError) -> SHA256Digest {
        var rest = try status().size
        var hash = SHA256()
        return try SystemCall.attempt(.read, path) {
            try descriptor.seek(offset: 0, from: .start)
            let handle = FileHandle(fileDescriptor: descriptor.rawValue, closeOnDealloc: false)
            while rest > 0, let piece = try handle.read(upToCount: min(Int(rest), Self.piece)), !piece.isEmpty
            {
                hash.update(data: piece)
                rest -= Int64(piece.count)
            }
            return SHA256Digest(hash.finalize())
        }
    }

    private static let piece = 1 << 20

    /// Returns when the content has reached the disk; after an error nothing is known about it.
    func synchronize() throws(StoreError) {
        #if canImport(Darwin)
            let result = fcntl(descriptor.rawValue, F_FULLFSYNC)
        #else
            let result = fsync(descriptor.rawValue)
        #endif
        guard result == 0 else { throw StoreError(path, .system(.synchronize, code: errno)) }
    }

    /// Closes the file, for those who must know whether that went well.
    mutating func close() throws(StoreError) {
        isOpen = false
        try SystemCall.attempt(.write, path) { try descriptor.close() }
    }
}
