import LOBStore

/// A snapshot that a path names, with what could be read of it.
struct SnapshotEntry {
    let path: String
    let result: Result<Snapshot, StoreError>

    /// Reads the snapshots that paths name: files, or every snapshot of a folder and the report folders in it.
    static func read(_ paths: [String]) -> [SnapshotEntry] {
        paths.flatMap { path in
            guard let files = try? SnapshotListing.paths(under: path) else { return [SnapshotEntry(path)] }
            return files.isEmpty ? [SnapshotEntry(emptyFolder: path)] : files.map { SnapshotEntry($0) }
        }
    }

    private init(emptyFolder path: String) {
        self.path = path
        result = .failure(StoreError(path, .empty))
    }

    private init(_ path: String) {
        self.path = path
        do throws(StoreError) {
            result = .success(try Snapshot.decode(try SnapshotFile.verify(path), path: path))
        } catch {
            result = .failure(error)
        }
    }

    /// Says on standard error what could not be read; returns whether there was something.
    static func reportFailures(_ entries: [SnapshotEntry]) -> Bool {
        var hasFailed = false
        for case .failure(let error) in entries.map(\.result) {
            StandardError.write("lobscope: \(error)")
            hasFailed = true
        }
        return hasFailed
    }
}
