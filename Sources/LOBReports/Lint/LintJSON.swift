import LOBAdvice

/// A lint report for programs.
enum LintJSON {
    /// The version of the document's shape.
    static let schemaVersion = 1

    /// The document.
    static func render(_ report: LintReport) -> [UInt8] {
        let document = JSONValue.members([
            "schemaVersion": .integer(schemaVersion),
            "lobscope": .text(report.profile.lobscopeVersion),
            "database": JSONText.name(report.profile.database),
            "startedAt": .text(TimeText.utc(report.profile.startedAt)),
            "mapping": JSONText.text(report.mappingPath),
            "settings": JSONText.text(report.settingsPath),
            "findings": .array(report.findings.map(JSONFinding.json)),
        ])
        return document.prettyBytes
    }
}
