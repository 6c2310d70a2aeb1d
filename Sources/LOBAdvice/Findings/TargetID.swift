/// The findings about what a target takes.
public enum TargetID: String, FindingCode {
    case notSupported = "target-not-supported"
    case lobsUndocumented = "target-lobs-undocumented"
    case noLOBs = "target-no-lobs"
    case noFullLOBMode = "target-no-full-lob-mode"
    case noTableSettings = "target-no-table-lob-settings"
    case valueTooLarge = "target-value-too-large"
    case columnTooSmall = "target-column-too-small"

    /// What it says, in one line.
    public var meaning: String {
        switch self {
        case .notSupported:
            "a task from PostgreSQL, or one of this migration type, cannot write to the target"
        case .lobsUndocumented: "the DMS user guide does not say which LOBs the target takes"
        case .noLOBs: "the target takes no LOB of the class, so the column is not migrated"
        case .noFullLOBMode: "the target cannot take LOBs of any size, so unlimited mode is not available"
        case .noTableSettings: "LOB settings of a table have no effect with the target"
        case .valueTooLarge: "values are larger than the target can hold"
        case .columnTooSmall: "the limit decides the type of the target's column, which is then too small"
        }
    }

    public static var usualReference: GuidePage? { .lobSupport }
}
