/// A file that is whole and on disk, or not there under its name.
public enum DurableFile {
    /// Hands over the content of a file, one piece after another.
    public typealias Content =
        @Sendable (_ write: ([UInt8]) throws(StoreError) -> Void) throws(StoreError) -> Void

    /// Writes a file for its owner only (0600); when it returns, the file survives a crash and a power cut.
    ///
    /// A temporary file beside it is written, read back, compared and flushed before it gets the name, so a reader
    /// never sees a part of it. Nothing is ever overwritten: the same content under the same name is success. A
    /// writer that died leaves at most a temporary file, which every listing leaves out.
    ///
    /// - Throws: ``StoreError`` that names the path. The name may be taken by the whole content if the last step,
    ///   flushing the folder, failed; another call with the same content then finishes the work.
    public static func write(
        _ bytes: [UInt8], named name: String, in directory: String
    ) throws(StoreError) {
        try write(named: name, in: directory) { (write) throws(StoreError) in try write(bytes) }
    }

    /// Writes a file as ``write(_:named:in:)`` does, without all of it in memory.
    ///
    /// - Returns: the SHA-256 of what was written.
    @discardableResult public static func write(
        named name: String, in directory: String, _ content: Content
    ) throws(StoreError) -> SHA256Digest {
        let path = directory + "/" + name
        guard FileName.isPortable(name) else { throw StoreError(path, .invalidName) }
        let temporary: TemporaryFile
        do {
            temporary = try TemporaryFile(in: directory, content: content)
        } catch {
            // The reader of the message knows the file, not what it was to be made from.
            throw StoreError(path, error.problem)
        }
        do {
            try temporary.link(to: path)
        } catch {
            guard error.isTaken else { throw error }
            try confirm(temporary.digest, at: path)
        }
        let digest = temporary.digest
        temporary.remove()
        try OpenFile.folder(directory).synchronize()
        return digest
    }

    /// Accepts a file that is there already if it has the same content, and makes it durable.
    private static func confirm(_ digest: SHA256Digest, at path: String) throws(StoreError) {
        let existing = try OpenFile.reading(path)
        guard try existing.digest() == digest else { throw StoreError(path, .exists) }
        try existing.synchronize()
    }
}
