import LOBStore

/// A snapshot that a path names, with what was made of it.
struct SnapshotEntry<Value> {
    let path: String
    let result: Result<Value, StoreError>

    /// Reads the snapshots that paths name: files, or every snapshot of a folder and the report folders in it.
    ///
    /// One is in memory at a time; a bad one hides no other.
    static func read(
        _ paths: [String], _ make: (_ path: String, _ snapshot: Snapshot) -> Value
    ) -> [SnapshotEntry] {
        paths.flatMap { path in
            guard let files = try? SnapshotListing.paths(under: path) else {
                return [SnapshotEntry(path, make)]
            }
            guard !files.isEmpty else {
                return [SnapshotEntry(path: path, result: .failure(StoreError(path, .empty)))]
            }
            return files.map { SnapshotEntry($0, make) }
        }
    }

    private init(path: String, result: Result<Value, StoreError>) {
        self.path = path
        self.result = result
    }

    private init(_ path: String, _ make: (String, Snapshot) -> Value) {
        self.path = path
        do throws(StoreError) {
            result = .success(make(path, try Snapshot.decode(try SnapshotFile.verify(path), path: path)))
        } catch {
            result = .failure(error)
        }
    }

    /// What could be read.
    static func values(_ entries: [SnapshotEntry]) -> [Value] {
        entries.compactMap { try? $0.result.get() }
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
