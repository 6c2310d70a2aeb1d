import SystemPackage

/// A new folder that a report is written into, each file durable as it is written.
public struct ReportFolder: Sendable {
    /// Where the folder is.
    public let path: String
    private var written: [(name: String, digest: SHA256Digest)] = []

    /// The name of the file with the digests of all others.
    public static let checksums = "SHA256SUMS"

    private init(path: String) {
        self.path = path
    }

    /// Makes a folder for its owner only (0700), with the folders above it where they are missing.
    ///
    /// - Throws: ``StoreError``: already used when the folder has files in it, or why it cannot be made.
    public static func create(at path: String) throws(StoreError) -> ReportFolder {
        try Folder.make(path)
        // What a writer that died has left behind is no report.
        guard try SystemCall.names(in: path).allSatisfy(TemporaryFile.isTemporary) else {
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
        try DurableFile.write(bytes, named: parts[parts.count - 1], in: folder)
        guard !written.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return }
        written.append((name, SHA256Digest(of: bytes)))
    }

    /// Writes `SHA256SUMS` over all files written so far, for `sha256sum -c`; nothing may be written after it.
    public func writeChecksums() throws(StoreError) {
        let lines = written.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            .map { $0.digest.hex + "  " + $0.name + "\n" }
        try DurableFile.write(Array(lines.joined().utf8), named: Self.checksums, in: path)
    }
}
