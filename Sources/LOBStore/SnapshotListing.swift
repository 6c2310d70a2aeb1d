public import Zstd

/// The snapshots of a folder, each with what could be read of it.
public enum SnapshotListing {
    /// A file of the folder that is named as a snapshot.
    public struct Entry<Value> {
        /// The name of the file.
        public let name: String
        /// What was made of its content, or why there is none.
        public let result: Result<Value, StoreError>
    }

    /// Reads every snapshot of a folder, in the order of their names' bytes; a bad one hides no other.
    ///
    /// One content is in memory at a time. Files that do not end in `.json.zst`, and temporary files of writers that
    /// died, are left out.
    /// - Throws: ``StoreError`` when the folder itself cannot be listed.
    public static func list<Value>(
        _ folder: String, limits: ZstdLimits = ZstdLimits(),
        read: (_ name: String, _ content: SnapshotFile.Content) throws(StoreError) -> Value
    ) throws(StoreError) -> [Entry<Value>] {
        try names(in: folder).map { name in
            do throws(StoreError) {
                let content = try SnapshotFile.open(folder + "/" + name, limits: limits)
                return Entry(name: name, result: .success(try read(name, content)))
            } catch {
                return Entry(name: name, result: .failure(error))
            }
        }
    }

    /// The paths of the snapshots in a folder and in the folders directly in it, such as report folders.
    ///
    /// - Throws: ``StoreError`` when the folder cannot be listed; not for a folder in it, as others may be
    ///   of no concern.
    public static func paths(under folder: String) throws(StoreError) -> [String] {
        let own = try names(in: folder).map { folder + "/" + $0 }
        let inner = try SystemCall.names(in: folder).map { folder + "/" + $0 }
        return own + inner.flatMap { path in ((try? names(in: path)) ?? []).map { path + "/" + $0 } }
    }

    /// The names of the files in a folder that are named as snapshots, in the order of their bytes.
    public static func names(in folder: String) throws(StoreError) -> [String] {
        let suffix = Array(SnapshotName.suffix.utf8.reversed())
        return try SystemCall.names(in: folder).filter {
            $0.utf8.reversed().starts(with: suffix) && $0.utf8.first != UInt8(ascii: ".")
        }
    }
}

extension SnapshotListing.Entry: Sendable where Value: Sendable {}
