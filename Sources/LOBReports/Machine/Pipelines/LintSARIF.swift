import LOBAdvice

/// A lint report as SARIF.
enum LintSARIF {
    /// The log.
    static func render(_ report: LintReport) -> [UInt8] {
        SARIFLog(findings: report.findings, version: report.profile.lobscopeVersion) { finding in
            let isAboutSettings = LintID(rawValue: finding.id)?.concernsSettings ?? false
            return isAboutSettings ? report.settingsPath ?? report.mappingPath : report.mappingPath
        }.bytes
    }
}
