import LOBAdvice
import LOBReports
import LOBStore

/// What a snapshot on disk holds.
enum StoredReport {
    /// Reads a snapshot, or the one in a report folder.
    ///
    /// - Throws: `CommandFailure` for a file that is no whole snapshot of a version that we know.
    static func snapshot(_ path: String) throws(CommandFailure) -> Snapshot {
        do throws(StoreError) {
            return try Snapshot.open(path)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The report computed again from a snapshot, for those who show or deploy what is recommended.
    ///
    /// - Throws: `CommandFailure` as ``snapshot(_:)`` does.
    static func open(_ path: String) throws(CommandFailure) -> Report {
        let snapshot = try snapshot(path)
        return Report(
            profile: snapshot.profile, recommendation: Recommender(snapshot.profile).recommend(),
            snapshotDigest: snapshot.digest)
    }
}
