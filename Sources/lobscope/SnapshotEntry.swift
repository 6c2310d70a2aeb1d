import LOBStore

/// A snapshot that a path names, with what could be read of it.
struct SnapshotEntry {
    let path: String
    let result: Result<Snapshot, StoreError>

    /// Reads the snapshots that paths name: files, or every snapshot of a folder.
    ///
    /// - Throws: `CommandFailure` for a folder that cannot be listed.
    static func read(_ paths: [String]) throws(CommandFailure) -> [SnapshotEntry] {
        var entries: [SnapshotEntry] = []
        for path in paths {
            let names = try? SnapshotListing.names(in: path)
            let files = names.map { $0.map { path + "/" + $0 } } ?? [path]
            entries += files.map(SnapshotEntry.init)
        }
        return entries
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
