import Dispatch
import Synchronization
import SystemPackage

/// A new folder that a report is written into, each file durable as it is written.
public struct ReportFolder: Sendable {
    /// Where the folder is.
    public let path: String
    private var checksums = Checksums()

    private init(path: String) {
        self.path = path
    }

    /// Makes a folder for its owner only (0700), with the folders above it where they are missing.
    ///
    /// - Parameter holdsCheckpoint: whether the survey has kept checkpoints in it while it ran.
    /// - Throws: ``StoreError``: already used when the folder has files in it, or why it cannot be made.
    public static func create(at path: String, holdsCheckpoint: Bool = false) throws(StoreError)
        -> ReportFolder
    {
        try Folder.make(path)
        let names = try SystemCall.names(in: path).filter { !holdsCheckpoint || !CheckpointFile.isKept($0) }
        // What a writer that died has left behind is no report.
        guard names.allSatisfy(TemporaryFile.isTemporary) else {
            throw StoreError(path, .alreadyUsed)
        }
        try Folder.checkWritable(path)
        return ReportFolder(path: path)
    }

    /// Checks that ``create(at:)`` will find nothing in its way, and changes nothing.
    ///
    /// Meant for before a long measurement.
    /// - Throws: ``StoreError``: already used when the folder has files in it, or why it could not be made.
    public static func check(_ path: String) throws(StoreError) {
        guard let type = try SystemCall.type(of: path) else {
            let parent = FilePath(path).removingLastComponent()
            return try checkRoom(in: parent.isEmpty ? "." : parent.string)
        }
        guard type == .directory else { throw StoreError(path, .notAFolder) }
        guard try SystemCall.names(in: path).allSatisfy(TemporaryFile.isTemporary) else {
            throw StoreError(path, .alreadyUsed)
        }
        try Folder.checkWritable(path)
    }

    /// Whether a folder holds a report of which everything was written: the checksums come last.
    public static func isWhole(_ path: String) -> Bool {
        (try? SystemCall.type(of: path + "/" + Checksums.fileName)) == .regular
    }

    /// Makes a folder for its owner only (0700) that holds report folders, with those above it where they are missing.
    ///
    /// - Throws: ``StoreError`` where it cannot be made.
    public static func make(_ path: String) throws(StoreError) { try Folder.make(path) }

    /// Checks the nearest folder above that is there.
    private static func checkRoom(in path: String) throws(StoreError) {
        guard let type = try SystemCall.type(of: path) else {
            let parent = FilePath(path).removingLastComponent()
            return try checkRoom(in: parent.isEmpty ? "." : parent.string)
        }
        guard type == .directory else { throw StoreError(path, .notAFolder) }
        try Folder.checkWritable(path)
    }

    /// Writes a file, or one in a subfolder when the name is `folder/name`; see ``DurableFile``.
    ///
    /// Names are portable file names (``FileName/portable(_:)``).
    public mutating func write(_ bytes: [UInt8], named name: String) throws(StoreError) {
        let digest = try Self.write(name, in: path) { (write) throws(StoreError) in try write(bytes) }
        checksums.add(digest, named: name)
    }

    /// Writes files as ``write(_:named:)`` does, without all of any in memory.
    ///
    /// Two at a time: to make one takes longer than to store it.
    /// - Throws: ``StoreError`` of the first that could not be written; some of those behind it may be there.
    public mutating func write(
        _ files: [(name: String, content: DurableFile.Content)]
    ) throws(StoreError) {
        let next = Mutex(0)
        let folder = path
        let written = Mutex<[Int: Result<SHA256Digest, StoreError>]>([:])
        DispatchQueue.concurrentPerform(iterations: 2) { _ in
            while let file = next.withLock({ Self.take(&$0, of: files.count) }) {
                do throws(StoreError) {
                    let digest = try Self.write(files[file].name, in: folder, files[file].content)
                    written.withLock { $0[file] = .success(digest) }
                } catch {
                    written.withLock { $0[file] = .failure(error) }
                    // Nothing is begun any more.
                    next.withLock { $0 = files.count }
                }
            }
        }
        for (index, file) in files.enumerated() {
            guard let result = written.withLock({ $0[index] }) else { continue }
            checksums.add(try result.get(), named: file.name)
        }
    }

    private static func take(_ next: inout Int, of count: Int) -> Int? {
        guard next < count else { return nil }
        defer { next += 1 }
        return next
    }

    private static func write(
        _ name: String, in path: String, _ content: DurableFile.Content
    ) throws(StoreError) -> SHA256Digest {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count <= 2, parts.allSatisfy(FileName.isPortable) else {
            throw StoreError(path + "/" + name, .invalidName)
        }
        var folder = path
        if parts.count == 2 {
            folder += "/" + parts[0]
            try Folder.make(folder)
        }
        return try DurableFile.write(named: parts[parts.count - 1], in: folder, content)
    }

    /// Writes `SHA256SUMS` over all files written so far, for `sha256sum -c`; nothing may be written after it.
    public func writeChecksums() throws(StoreError) {
        try DurableFile.write(checksums.bytes, named: Checksums.fileName, in: path)
    }
}
