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
            "verdict": .text(report.review.verdict.rawValue),
            "findings": .array(report.findings.map(JSONFinding.json)),
            "treatments": .array(report.review.treatments.map(treatment)),
        ])
        return document.prettyBytes
    }

    /// What a task does with one table.
    private static func treatment(_ treatment: Treatment) -> JSONValue {
        let (mode, size): (String?, Int?) =
            switch treatment.lobs?.treatment {
            case .limited(let size): ("limited", size.count)
            case .unlimited(let size): ("unlimited", size.count)
            case .leftOut: ("left-out", nil)
            case .unknown, nil: (nil, nil)
            }
        return .members([
            "table": JSONText.name(treatment.relation),
            "task": JSONText.text(treatment.task),
            "selectedBy": .array(treatment.selectedBy.map { .text($0) }),
            "filtered": .bool(treatment.isFiltered),
            "hasLOBs": .bool(treatment.lobs != nil),
            "mode": JSONText.text(mode),
            "sizeKB": JSONText.integer(size),
            "decidedBy": .text(RuleText.origin(treatment.lobs)),
            "columnsLeftOut": .array(treatment.removed.map { JSONText.name($0) }),
            "risk": JSONText.real(treatment.risk),
        ])
    }
}
