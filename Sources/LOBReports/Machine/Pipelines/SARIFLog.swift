import LOBAdvice

/// Findings as SARIF 2.1.0 (OASIS standard, Static Analysis Results Interchange Format).
struct SARIFLog {
    let findings: [Finding]
    /// The version of lobscope that measured.
    let version: String
    /// The file that can be changed for a finding, as a path or a name in the report folder; nil where there is none.
    let file: (Finding) -> String?

    /// The log with one run.
    var bytes: [UInt8] {
        let ids = Set(findings.map(\.id))
        let rules = FindingRegistry.entries.filter { ids.contains($0.id) }
        let hasSuppressions = findings.contains { $0.acceptance != nil }
        let document = JSONValue.members([
            "$schema": .text("https://json.schemastore.org/sarif-2.1.0.json"),
            "version": .text("2.1.0"),
            "runs": .array([
                .members([
                    "tool": .members(["driver": driver(rules)]),
                    "columnKind": .text("utf16CodeUnits"),
                    "results": .array(findings.map { result($0, rules, hasSuppressions) }),
                ])
            ]),
        ])
        return document.prettyBytes
    }

    private func driver(_ rules: [FindingRegistry.Entry]) -> JSONValue {
        .members([
            "name": .text("lobscope"),
            "semanticVersion": .text(version),
            "rules": .array(
                rules.map {
                    .members(["id": .text($0.id), "shortDescription": Self.message($0.meaning)])
                }),
        ])
    }

    private func result(
        _ finding: Finding, _ rules: [FindingRegistry.Entry], _ hasSuppressions: Bool
    ) -> JSONValue {
        var members: [(String, JSONValue)] = [("ruleId", .text(finding.id))]
        if let index = rules.firstIndex(where: { $0.id == finding.id }) {
            members.append(("ruleIndex", .integer(index)))
        }
        members += [
            ("level", .text(finding.severity == .info ? "note" : finding.severity.rawValue)),
            ("message", Self.message("\(finding.message). Remedy: \(finding.remedy)")),
            ("locations", .array([location(finding)])),
            (
                "partialFingerprints",
                .members(["lobscope/v1": .text("\(finding.id):\(finding.subject)")])
            ),
        ]
        if hasSuppressions {
            // All results of a run have the list, or none has (3.27.23).
            let suppressions = finding.acceptance.map { [Self.suppression($0)] } ?? []
            members.append(("suppressions", .array(suppressions)))
        }
        return Self.object(members)
    }

    /// What a person accepted outside of the file that is looked at (3.35).
    private static func suppression(_ acceptance: AcceptedFinding) -> JSONValue {
        .members([
            "kind": .text("external"), "status": .text("accepted"),
            "justification": .text(VisibleText.escape(AcceptanceWords.sentence(acceptance))),
        ])
    }

    /// The file that can be changed, and the table or column as its logical place.
    private func location(_ finding: Finding) -> JSONValue {
        var members: [(String, JSONValue)] = []
        if let path = file(finding) {
            let place = JSONValue.members([
                "artifactLocation": .members(["uri": .text(FileReference.uri(path))]),
                "region": .members(["startLine": .integer(1)]),
            ])
            members.append(("physicalLocation", place))
        }
        let subject = JSONValue.members(["fullyQualifiedName": .text(VisibleText.escape(finding.subject))])
        members.append(("logicalLocations", .array([subject])))
        return Self.object(members)
    }

    private static func message(_ text: String) -> JSONValue {
        .members(["text": .text(VisibleText.escape(text))])
    }

    private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
        .object(members.map { JSONMember(key: Array($0.0.utf8), value: $0.1) })
    }
}
