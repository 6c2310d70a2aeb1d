/// A file that is whole and on disk, or not there under its name.
public enum DurableFile {
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
        let path = directory + "/" + name
        guard FileName.isPortable(name) else { throw StoreError(path, .invalidName) }
        let temporary: TemporaryFile
        do {
            temporary = try TemporaryFile(in: directory, content: bytes)
        } catch {
            // The reader of the message knows the file, not what it was to be made from.
            throw StoreError(path, error.problem)
        }
        do {
            try temporary.link(to: path)
        } catch {
            guard error.isTaken else { throw error }
            try confirm(bytes, at: path)
        }
        temporary.remove()
        try OpenFile.folder(directory).synchronize()
    }

    /// Accepts a file that is there already if it has the same content, and makes it durable.
    private static func confirm(_ bytes: [UInt8], at path: String) throws(StoreError) {
        let existing = try OpenFile.reading(path)
        let content: [UInt8]
        do {
            content = try existing.content(limit: bytes.count)
        } catch {
            guard case .tooLarge = error.problem else { throw error }
            throw StoreError(path, .exists)
        }
        guard content == bytes else { throw StoreError(path, .exists) }
        try existing.synchronize()
    }
}
