import LOBProfile
import LOBReports
import LOBStore
import LOBSurvey

/// The report folder of a profile: every file form, the snapshot, and the checksums.
struct SurveyFolder {
    let path: String
    let report: Report

    /// Checks that the folder can be written, before anything is measured for it.
    ///
    /// - Throws: `CommandFailure` when something is in the way.
    static func check(_ path: String?) throws(CommandFailure) {
        do throws(StoreError) {
            // The name of the default folder is known only after the survey; what it would stand in is.
            try ReportFolder.check(path ?? "reports/.none")
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Writes the folder.
    ///
    /// - Parameters:
    ///   - profile: what was measured.
    ///   - checkpoint: what another survey needs to go on.
    ///   - path: where; nil for `reports/<database>-<UTC time>`.
    /// - Throws: `CommandFailure` when something is in the way or the disk is full.
    static func write(
        _ profile: Profile, checkpoint: SurveyCheckpoint? = nil, at path: String?
    ) throws(CommandFailure) -> SurveyFolder {
        do throws(StoreError) {
            let database = FileName.portable(profile.database.bytes)
            let stamp = UTCStamp(seconds: profile.startedAt).compact
            let path = path ?? "reports/\(database)-\(stamp)"
            let snapshot = try Snapshot.seal(profile)
            let report = Report(
                profile: profile, recommendation: Recommender(profile).recommend(),
                snapshotDigest: snapshot.digest)
            var folder = try ReportFolder.create(at: path)
            for file in report.files { try folder.write(file.bytes, named: file.path) }
            try folder.write(snapshot.bytes, named: snapshot.name)
            if let checkpoint {
                let bytes = try CheckpointFile.seal(StoredSurvey.json(checkpoint))
                try folder.write(bytes, named: CheckpointFile.name)
            }
            try folder.writeChecksums()
            return SurveyFolder(path: path, report: report)
        } catch {
            throw CommandFailure(error)
        }
    }
}
