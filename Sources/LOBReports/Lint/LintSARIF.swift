import LOBProfile

/// A lint report as SARIF 2.1.0 (OASIS standard, Static Analysis Results Interchange Format).
enum LintSARIF {
    /// The log with one run.
    static func render(_ report: LintReport) -> [UInt8] {
        let ids = Set(report.findings.map(\.id))
        let rules = FindingRegistry.entries.filter { ids.contains($0.id) }
        let document = JSONValue.members([
            "$schema": .text("https://json.schemastore.org/sarif-2.1.0.json"),
            "version": .text("2.1.0"),
            "runs": .array([
                .members([
                    "tool": .members(["driver": driver(report, rules)]),
                    "columnKind": .text("utf16CodeUnits"),
                    "results": .array(report.findings.map { result($0, rules, report) }),
                ])
            ]),
        ])
        return document.prettyBytes
    }

    private static func driver(_ report: LintReport, _ rules: [FindingRegistry.Entry]) -> JSONValue {
        .members([
            "name": .text("lobscope"),
            "semanticVersion": .text(report.profile.lobscopeVersion),
            "rules": .array(
                rules.map {
                    .members(["id": .text($0.id), "shortDescription": message($0.meaning)])
                }),
        ])
    }

    private static func result(
        _ finding: Finding, _ rules: [FindingRegistry.Entry], _ report: LintReport
    ) -> JSONValue {
        var members: [(String, JSONValue)] = [("ruleId", .text(finding.id))]
        if let index = rules.firstIndex(where: { $0.id == finding.id }) {
            members.append(("ruleIndex", .integer(index)))
        }
        members += [
            ("level", .text(level(finding.severity))),
            ("message", message("\(finding.message). Remedy: \(finding.remedy)")),
            ("locations", .array([location(finding, report)])),
            (
                "partialFingerprints",
                .members(["lobscope/v1": .text("\(finding.id):\(finding.subject)")])
            ),
        ]
        return object(members)
    }

    /// The file that can be changed, and the table or column as its logical place.
    private static func location(_ finding: Finding, _ report: LintReport) -> JSONValue {
        var members: [(String, JSONValue)] = []
        let isAboutSettings = LintID(rawValue: finding.id)?.concernsSettings ?? false
        if let path = isAboutSettings ? report.settingsPath ?? report.mappingPath : report.mappingPath {
            members.append(
                (
                    "physicalLocation",
                    .members([
                        "artifactLocation": .members(["uri": .text(FileReference.uri(path))]),
                        "region": .members(["startLine": .integer(1)]),
                    ])
                ))
        }
        members.append(
            (
                "logicalLocations",
                .array([.members(["fullyQualifiedName": .text(VisibleText.escape(finding.subject))])])
            ))
        return object(members)
    }

    private static func level(_ severity: Finding.Severity) -> String {
        severity == .info ? "note" : severity.rawValue
    }

    private static func message(_ text: String) -> JSONValue {
        .members(["text": .text(VisibleText.escape(text))])
    }

    private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
        .object(members.map { JSONMember(key: Array($0.0.utf8), value: $0.1) })
    }
}
