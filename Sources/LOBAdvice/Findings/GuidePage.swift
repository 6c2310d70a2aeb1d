/// Where the rules behind the findings are written.
enum GuidePage {
    static let lobSupport = "AWS DMS user guide, LOB support"
    static let source = "AWS DMS user guide, PostgreSQL source"
    static let assessments = "AWS DMS user guide, premigration assessments for PostgreSQL"
    static let troubleshooting = "AWS DMS user guide, troubleshooting"
    static let bestPractices = "AWS DMS user guide, best practices"
    static let taskSettings = "AWS DMS user guide, task settings"
    static let wildcards = "AWS DMS user guide, wildcards in table mapping"
    static let transformations = "AWS DMS user guide, transformation rules and actions"
    static let validation = "AWS DMS user guide, data validation"
    static let filters = "AWS DMS user guide, source filters"
    static let tableSettings = "AWS DMS user guide, table and collection settings"
}
