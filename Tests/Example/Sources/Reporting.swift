import LOBAdvice
import LOBReports
import LOBStore

/// A profile with what is recommended from it.
func report(on profile: Profile) -> Report {
    Report(profile: profile, recommendation: Recommender(profile).recommend())
}

/// The LOB table as Markdown.
func lobTable(of profile: Profile) -> String {
    String(decoding: report(on: profile).render(.lobTableMarkdown), as: UTF8.self)
}

/// The tables whose values are limited, with the largest size that their rules let through.
func limits(of profile: Profile) -> [(table: String, kibibytes: Int)] {
    Recommender(profile).recommend().tables.filter { $0.mode == .limited }.compactMap { table in
        table.limitToWatch.map { (table.name.losslessText, $0.count) }
    }
}

/// Writes the folder that `lobscope profile --out` writes: the snapshot first, then what is made from it.
func write(_ report: Report, to path: String) throws {
    let snapshot = try Snapshot.seal(report.profile)
    var folder = try ReportFolder.create(at: path)
    try folder.write(snapshot.bytes, named: snapshot.name)
    for file in report.files { try folder.write(file.bytes, named: file.path) }
    try folder.writeChecksums()
}

/// What got worse since the run that a folder holds, as Markdown; empty where nothing did.
func worsenings(of profile: Profile, since path: String) throws -> String {
    let comparison = Comparison(old: try Snapshot.open(path).profile, new: profile)
    return String(decoding: ComparisonReport(comparison, isOnlyWorse: true).render(.markdown), as: UTF8.self)
}
