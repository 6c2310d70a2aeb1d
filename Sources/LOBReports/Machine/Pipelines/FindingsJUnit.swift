import LOBAdvice

/// The findings of a report as JUnit's XML, for pipelines that show tests: a case for each finding, for each thing
/// that was not measured, and for each table without either; what a person accepted is skipped.
enum FindingsJUnit {
    /// The file.
    static func render(_ report: Report) -> [UInt8] {
        let findings = report.findings.map(finding)
        let unmeasured = report.profile.unmeasured.map(unmeasured)
        let cases = findings + unmeasured + clean(report)
        let failures = report.findings.count { $0.severity != .info && $0.acceptance == nil }
        let skipped = report.findings.count { $0.acceptance != nil }
        let counts = "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(unmeasured.count)\""
        let suite = """
            name="\(XMLText.escape(report.profile.database.losslessText))" \(counts) skipped="\(skipped)" time="0" \
            timestamp="\(TimeText.utc(report.profile.startedAt))"
            """
        let document = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="lobscope" \(counts) time="0">
            <testsuite \(suite)>
            \(cases.joined())</testsuite>
            </testsuites>

            """
        return Array(document.utf8)
    }

    private static func finding(_ finding: Finding) -> String {
        let text = XMLText.escape("\(finding.message)\nRemedy: \(finding.remedy)")
        let skipped = finding.acceptance.map {
            "<skipped message=\"\(XMLText.escape(AcceptanceWords.sentence($0)))\"/>"
        }
        let content =
            finding.severity == .info || skipped != nil
            ? (skipped ?? "") + "<system-out>\(text)</system-out>"
            : "<failure type=\"\(finding.severity.rawValue)\" message=\"\(XMLText.escape(finding.message))\">\(text)</failure>"
        return testCase(finding.subject, finding.id, content)
    }

    private static func unmeasured(_ entry: Unmeasured) -> String {
        let explanation = UnmeasuredWords.explanation(entry)
        let text = XMLText.escape("\(explanation)\nRemedy: \(UnmeasuredWords.remedy(entry))")
        let message = XMLText.escape(explanation)
        return testCase(
            entry.subject, "unmeasured", "<error type=\"unmeasured\" message=\"\(message)\">\(text)</error>")
    }

    /// Tables that nothing was found about, so that a good report is not an empty one.
    private static func clean(_ report: Report) -> [String] {
        let found = Set(report.findings.flatMap { places(in: Array($0.subject.utf8)) })
        return TableFigures.lobTable(report).filter { table in
            let names = [table.table.name] + table.table.leaves
            return table.unmeasured.isEmpty && !names.contains { found.contains(Array($0.losslessText.utf8)) }
        }.map { testCase($0.table.name.losslessText, "no findings", "") }
    }

    /// A subject and all that may stand before its columns: where a name with dots ends cannot be told.
    private static func places(in subject: [UInt8]) -> [[UInt8]] {
        subject.indices.filter { subject[$0] == UInt8(ascii: ".") }.map { Array(subject[..<$0]) } + [subject]
    }

    private static func testCase(_ subject: String, _ name: String, _ content: String) -> String {
        let head =
            "<testcase classname=\"\(XMLText.escape(subject))\" name=\"\(XMLText.escape(name))\" time=\"0\""
        return content.isEmpty ? head + "/>\n" : head + ">\n\(content)\n</testcase>\n"
    }
}
