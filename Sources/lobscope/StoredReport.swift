import LOBAdvice
import LOBReports
import LOBStore

/// A report computed again from a snapshot on disk.
enum StoredReport {
    /// Reads a snapshot, or the one in a report folder.
    ///
    /// - Throws: `CommandFailure` for a file that is no whole snapshot of a version that we know.
    static func open(_ path: String) throws(CommandFailure) -> Report {
        do throws(StoreError) {
            let snapshot = try Snapshot.open(path)
            return Report(
                profile: snapshot.profile, recommendation: Recommender(snapshot.profile).recommend(),
                snapshotDigest: snapshot.digest)
        } catch {
            throw CommandFailure(error)
        }
    }
}
