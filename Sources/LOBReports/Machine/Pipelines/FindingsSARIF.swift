import LOBAdvice

/// The findings of a report as SARIF, for code scanning; each is placed in the mapping of the report folder.
enum FindingsSARIF {
    /// The log.
    static func render(_ report: Report) -> [UInt8] {
        SARIFLog(findings: report.findings, version: report.profile.lobscopeVersion) { _ in
            ReportFormat.tableMappings.fileName
        }.bytes
    }
}
