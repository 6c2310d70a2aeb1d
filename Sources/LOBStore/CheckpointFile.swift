import Zstd

/// What an unfinished survey leaves in its report folder for another one to go on: JSON in one zstd frame.
public enum CheckpointFile {
    /// The file's name; it does not look like a snapshot's.
    public static let name = "checkpoint.zst"

    /// The bytes of the file.
    ///
    /// - Parameter json: an object in UTF-8.
    /// - Throws: ``StoreError`` when libzstd fails.
    public static func seal(_ json: [UInt8]) throws(StoreError) -> [UInt8] {
        do {
            return try ZstdFrame.compress(json, level: 3)
        } catch {
            throw StoreError(name, .damaged(reason: "it cannot be compressed: \(error)"))
        }
    }

    /// The JSON of the file in a report folder; nil where there is none.
    ///
    /// - Throws: ``StoreError``: truncated, damaged, or too large.
    public static func open(in folder: String) throws(StoreError) -> [UInt8]? {
        guard try SystemCall.names(in: folder).contains(name) else { return nil }
        return try SnapshotFile.open(folder + "/" + name).json
    }
}
