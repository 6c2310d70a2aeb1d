/// Every form that a report takes; ``Report/render(_:)`` is the one place that knows them all.
public enum ReportFormat: String, Sendable, CaseIterable {
    case lobTableMarkdown = "lob-table-md"
    case lobTableCSV = "lob-table-csv"
    /// The LOB table for programs.
    case tablesCSV = "tables-csv"
    case markdown = "report-md"
    case html = "report-html"
    case json = "report-json"
    case tableMappings = "table-mappings"
    case taskSettings = "task-settings"
    case endpointSettings = "endpoint-settings"
    /// Command lines that make or change the tasks.
    case awsCLI = "aws-cli"
    case terraform
    /// A template with `AWS::DMS::ReplicationTask`.
    case cloudFormation = "cloudformation"
    /// A template with `AWS::DMS::ReplicationConfig`.
    case cloudFormationServerless = "cloudformation-serverless"
    /// The findings as JUnit's XML.
    case junit
    /// The findings as SARIF 2.1.0 (OASIS).
    case sarif
    /// For a terminal, or a pipe.
    case text

    /// Its file in a report folder; nil for what is only printed.
    public var fileName: String? {
        switch self {
        case .lobTableMarkdown: "lob-table.md"
        case .lobTableCSV: "lob-table.csv"
        case .tablesCSV: "tables.csv"
        case .markdown: "report.md"
        case .html: "report.html"
        case .json: "report.json"
        case .tableMappings: "table-mappings.json"
        case .taskSettings: "task-settings.json"
        case .endpointSettings: "endpoint-settings.json"
        case .awsCLI, .terraform, .cloudFormation, .cloudFormationServerless, .junit, .sarif, .text: nil
        }
    }

    /// Whether it is of use only with a mapping that selects a table: AWS refuses one that does not.
    public var needsSelection: Bool {
        switch self {
        case .tableMappings, .awsCLI, .terraform, .cloudFormation, .cloudFormationServerless: true
        default: false
        }
    }

    /// Whether each task has one of its own; see ``Report/render(_:slot:)``.
    public var isOfTask: Bool {
        switch self {
        case .tableMappings, .taskSettings, .endpointSettings: true
        default: false
        }
    }
}
