import LOBAdvice

extension GuidePage {
    /// The document and its page.
    var title: String {
        if let page = pageOfGuide { return "AWS DMS user guide, \(page)" }
        return switch self {
        case .postgreSQL(let page): "PostgreSQL documentation, \(page)"
        case .ofEngine(let title): title
        default: "PostgreSQL's limit of 1 GB for one allocation"
        }
    }

    /// The page of the AWS DMS user guide; nil for another document.
    private var pageOfGuide: String? {
        switch self {
        case .lobSupport: "LOB support"
        case .source: "PostgreSQL source"
        case .assessments: "premigration assessments for PostgreSQL"
        case .troubleshooting: "troubleshooting"
        case .bestPractices: "best practices"
        case .taskSettings: "task settings"
        case .wildcards: "wildcards in table mapping"
        case .transformations: "transformation rules and actions"
        case .validation: "data validation"
        case .filters: "source filters"
        case .tableSettings: "table and collection settings"
        case .tableMapping: "table mapping"
        case .changeProcessing: "change processing tuning settings"
        case .controlTables: "control table task settings"
        case .lobTableSettings: "table settings"
        case .mySQLTypes: "MySQL target data types"
        case .target(let target): "\(target.rawValue) target"
        case .targetLimitations(let target): "\(target.rawValue) target, limitations"
        case .postgreSQL, .allocation, .ofEngine: nil
        }
    }
}
