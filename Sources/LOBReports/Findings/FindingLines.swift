import LOBAdvice

/// Findings for a terminal, each with its remedy.
struct FindingLines {
    let width: Int
    let style: TerminalStyle

    /// The lines of all findings, in their order.
    func lines(_ findings: [Finding]) -> [String] {
        findings.flatMap { finding in
            let lines = TextWrap.lines(
                "\(finding.severity.rawValue): \(Self.sentence(finding)) [\(finding.id)]",
                width: width,
                indent: "  ")
            let rest = String(
                Substring((lines.first ?? "").unicodeScalars.dropFirst(finding.severity.rawValue.utf8.count)))
            var output: [String] = [severity(finding) + rest] + lines.dropFirst()
            if let acceptance = finding.acceptance { output += details(AcceptanceWords.sentence(acceptance)) }
            return output + details("hint: \(finding.remedy)")
        }
    }

    /// The severity; without a colour where nobody has to act on it.
    private func severity(_ finding: Finding) -> String {
        finding.acceptance == nil ? style.severity(finding.severity) : finding.severity.rawValue
    }

    /// A sentence under the one of the finding.
    private func details(_ text: String) -> [String] {
        TextWrap.lines(text, width: width - 2, indent: "  ").map { "  " + $0 }
    }

    /// The message, after its subject where it does not begin with that.
    private static func sentence(_ finding: Finding) -> String {
        let message = Array(finding.message.utf8)
        let isNamed = ["\"\(finding.subject)\"", finding.subject + " "].contains {
            message.starts(with: $0.utf8)
        }
        return isNamed ? finding.message : "\(finding.subject): \(finding.message)"
    }

    /// How many there are of each severity, such as `2 errors, 1 warning`, apart from those that were accepted.
    static func counts(_ findings: [Finding]) -> String {
        var counts = Finding.Severity.allCases.reversed().compactMap { severity -> String? in
            let count = findings.count { $0.severity == severity && $0.acceptance == nil }
            guard count > 0 else { return nil }
            return severity == .info ? "\(count) info" : NumberText.counted(count, severity.rawValue)
        }
        let accepted = findings.count { $0.acceptance != nil }
        if accepted > 0 { counts.append("\(NumberText.grouped(accepted)) accepted") }
        return counts.isEmpty ? "no findings" : counts.joined(separator: ", ")
    }
}
