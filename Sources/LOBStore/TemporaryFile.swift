import Crypto
import SystemPackage

/// A whole file on disk that waits for its name; removed with the value.
struct TemporaryFile: ~Copyable {
    /// The SHA-256 of its content.
    let digest: SHA256Digest
    private let path: String
    private var isThere = true

    private static let prefix = ".lobscope-"
    private static let suffix = ".tmp"

    /// Writes the content, reads it back, and flushes it to disk.
    init(in directory: String, content: DurableFile.Content) throws(StoreError) {
        let path = directory + "/" + Self.freshName()
        var file = try OpenFile.creating(path)
        var hash = SHA256()
        let written: SHA256Digest
        do throws(StoreError) {
            try content { (piece) throws(StoreError) in
                try file.write(piece)
                hash.update(data: piece)
            }
            written = SHA256Digest(hash.finalize())
            guard try file.digest() == written else {
                throw StoreError(path, .damaged(reason: "it does not read back as it was written"))
            }
            try file.synchronize()
            try file.close()
        } catch {
            try? SystemCall.remove(path)
            throw error
        }
        self.path = path
        digest = written
    }

    deinit {
        if isThere { try? SystemCall.remove(path) }
    }

    /// Gives the file a name that is not taken.
    func link(to name: String) throws(StoreError) {
        try SystemCall.link(path, to: name)
    }

    /// Removes the temporary name; if that fails it stays, and every listing leaves it out.
    consuming func remove() {}

    /// 64 random bits: writers in the same folder never meet.
    private static func freshName() -> String {
        prefix + String(UInt64.random(in: 0...UInt64.max), radix: 16) + suffix
    }

    /// Whether a name is that of a temporary file, perhaps of a writer that died.
    static func isTemporary(_ name: String) -> Bool {
        name.utf8.starts(with: prefix.utf8) && name.utf8.reversed().starts(with: suffix.utf8.reversed())
    }
}

extension StoreError {
    /// Whether the name for a file was taken.
    var isTaken: Bool {
        problem == .system(.link, code: Errno.fileExists.rawValue)
    }
}
