/// Removes snapshots, and nothing else.
public enum SnapshotRemoval {
    /// Removes a file that is a whole snapshot with its own name and digest.
    ///
    /// When it returns, the name is gone for good: the folder is flushed.
    ///
    /// - Parameters:
    ///   - path: of the file, inside of a folder that is named with it.
    ///   - digest: of the snapshot that is meant.
    /// - Throws: ``StoreError`` when the file is another snapshot, none, damaged or renamed, and stays.
    public static func remove(_ path: String, digest: String) throws(StoreError) {
        let content = try SnapshotFile.verify(path)
        guard SHA256Digest(of: content.json).hex == digest else {
            throw StoreError(path, .damaged(reason: "it is no longer what it was"))
        }
        try SystemCall.remove(path)
        try OpenFile.folder(SnapshotFile.split(path).folder).synchronize()
    }
}
