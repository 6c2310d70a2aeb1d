public import LOBAdvice

/// What was found in deployed files, with the files and the profile that they were held against.
public struct LintReport: Sendable, Equatable {
    /// Errors first.
    public let findings: [Finding]
    /// The profile that tells the sizes.
    public let profile: Profile
    /// The mapping file as it was named; nil for standard input.
    public let mappingPath: String?
    /// The settings file as it was named; nil where there is none, or for standard input.
    public let settingsPath: String?

    /// Creates a report.
    public init(findings: [Finding], profile: Profile, mappingPath: String?, settingsPath: String?) {
        self.findings = findings
        self.profile = profile
        self.mappingPath = mappingPath
        self.settingsPath = settingsPath
    }

    /// Whether there is a finding of a severity, or of a higher one.
    public func reaches(_ severity: Finding.Severity) -> Bool {
        findings.contains { $0.severity >= severity }
    }

    /// The report in one format.
    public func render(
        _ format: LintFormat, width: Int = TerminalReport.defaultWidth, isColored: Bool = false
    ) -> [UInt8] {
        switch format {
        case .text: LintText.render(self, width: width, isColored: isColored)
        case .json: LintJSON.render(self)
        case .sarif: LintSARIF.render(self)
        }
    }
}

/// The forms of a lint report.
public enum LintFormat: String, Sendable, CaseIterable {
    case text, json
    /// SARIF 2.1.0 (OASIS), as code scanning services read it.
    case sarif
}
