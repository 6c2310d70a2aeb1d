/// Where the rules behind the findings are written; `LOBReports` has the titles.
public enum GuidePage: Hashable, Sendable {
    // Pages of the AWS DMS user guide.
    case lobSupport, source, assessments, troubleshooting, bestPractices, taskSettings, wildcards
    case transformations, validation, filters, tableSettings, tableMapping, changeProcessing, controlTables
    case lobTableSettings, mySQLTypes
    case target(TargetEngine)
    case targetLimitations(TargetEngine)
    /// PostgreSQL's documentation of a command, a setting or a library.
    case postgreSQL(String)
    /// PostgreSQL's largest allocation.
    case allocation
    /// What ``TargetEngine`` names as the source of its limits.
    case ofEngine(String)
}
