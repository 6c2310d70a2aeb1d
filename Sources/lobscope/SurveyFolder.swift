import LOBAdvice
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

    /// Where the folder of a profile is: as was asked for, else named by database and time.
    static func path(_ path: String?, of profile: Profile) -> String {
        let database = FileName.portable(profile.database.bytes)
        return path ?? "reports/\(database)-\(UTCStamp(seconds: profile.startedAt).compact)"
    }

    /// Writes the folder.
    ///
    /// - Parameters:
    ///   - profile: what was measured.
    ///   - checkpoint: what another survey needs to go on.
    ///   - restarts: what must be loaded again after values were cut.
    ///   - isKept: whether the survey may have kept checkpoints in the folder.
    ///   - whenStored: called with the folder once the snapshot is in it, before the reports are made.
    ///   - path: where; nil for `reports/<database>-<UTC time>`.
    /// - Throws: `CommandFailure` when something is in the way or the disk is full.
    static func write(
        _ profile: Profile, checkpoint: SurveyCheckpoint? = nil, restarts: [PartialRestart] = [],
        isKept: Bool = false, at path: String?,
        whenStored: (String) -> Void = { _ in }
    ) throws(CommandFailure) -> SurveyFolder {
        do throws(StoreError) {
            let path = self.path(path, of: profile)
            let snapshot = try Snapshot.seal(profile)
            var folder = try ReportFolder.create(at: path, holdsCheckpoint: isKept)
            // First what everything else can be made from.
            try folder.write(snapshot.bytes, named: snapshot.name)
            if let checkpoint {
                let bytes = try CheckpointFile.seal(StoredSurvey.json(checkpoint))
                try folder.write(bytes, named: CheckpointFile.name)
            }
            whenStored(path)
            let report = Report(
                profile: profile, recommendation: Recommender(profile).recommend(),
                snapshotDigest: snapshot.digest, restarts: restarts)
            try folder.write(
                report.files.map { file in
                    (file.path, { (write) throws(StoreError) in try file.write(to: write) })
                })
            try folder.writeChecksums()
            if isKept { try KeptCheckpoint.remove(from: path) }
            return SurveyFolder(path: path, report: report)
        } catch {
            throw CommandFailure(error)
        }
    }
}

extension Interruption {
    /// What is said where only the snapshot could be written.
    static func hint(of folder: String) -> String {
        "interrupted: the reports in \"\(folder)\" are not whole, the snapshot is\nhint: lobscope render \"\(folder)\" --format FORMAT"
    }
}
