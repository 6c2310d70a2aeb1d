/// Where each key that lobscope emits for DMS comes from.
struct DMSKeyReference {
    /// The kind of file, as `reports/dms-keys.md` groups them.
    let container: String
    /// A key by its path; one that ends in `*` stands for every key of its section without a row of its own.
    let key: String
    let status: Status
    let source: String

    enum Status: String {
        /// A page of AWS or of the tool describes it.
        case documented
        /// It occurs in what AWS prints or in what others deploy, and no page describes it, or not so.
        case seen
        /// What it does here is not certain.
        case uncertain
    }

    private init(_ container: String, _ key: String, _ status: Status, _ source: String) {
        (self.container, self.key, self.status, self.source) = (container, key, status, source)
    }

    static let taskSettings = "task-settings.json"
    static let mapping = "table-mappings.json"
    static let endpoint = "endpoint-settings.json"
    static let attributes = "extra-connection-attributes.txt"
    static let cli = "aws-cli"
    static let terraform = "terraform"
    static let cloudFormation = "cloudformation"
    static let serverless = "cloudformation-serverless"

    static let all =
        ofTaskSettings + ofMapping + ofEndpoint
        + [
            .init(cli, "*", .documented, "AWS CLI command reference, dms"),
            .init(terraform, "*", .documented, "Terraform AWS provider, aws_dms_replication_task"),
            .init(terraform, "description", .documented, "Terraform language, input variables"),
            .init(terraform, "type", .documented, "Terraform language, input variables"),
            .init(
                cloudFormation, "*", .documented,
                "CloudFormation template reference, AWS::DMS::ReplicationTask"),
            .init(
                cloudFormation, "Metadata.*", .documented,
                "CloudFormation user guide, Metadata: the endpoints are made elsewhere, so what they need stands there"
            ),
            .init(
                serverless, "*", .documented,
                "CloudFormation template reference, AWS::DMS::ReplicationConfig"),
            .init(
                serverless, "Metadata.*", .documented,
                "CloudFormation user guide, Metadata: the endpoints are made elsewhere, so what they need stands there"
            ),
        ]

    private static let guide = "DMS user guide, "

    private static let ofTaskSettings: [DMSKeyReference] = [
        .init(taskSettings, "TargetMetadata.*", .documented, guide + "target metadata task settings"),
        .init(
            taskSettings, "TargetMetadata.LobMaxSize", .uncertain,
            guide
                + "target metadata task settings; that FailTasksOnLobTruncation looks at it, and not at the limit of a rule, is what "
                + "the page of the PostgreSQL source says, and not seen"),
        .init(
            taskSettings, "TargetMetadata.TaskRecoveryTableEnabled", .documented,
            guide + "change processing, start from a checkpoint"),
        .init(taskSettings, "FullLoadSettings.*", .documented, guide + "full-load task settings"),
        .init(taskSettings, "TTSettings.*", .documented, guide + "Time Travel task settings"),
        .init(taskSettings, "Logging.*", .documented, guide + "logging task settings"),
        .init(taskSettings, "ControlTablesSettings.*", .documented, guide + "control table task settings"),
        .init(taskSettings, "StreamBufferSettings.*", .documented, guide + "stream buffer task settings"),
        .init(
            taskSettings, "StreamBufferSettings.StreamBufferSizeInMB", .uncertain,
            guide
                + "stream buffer task settings; how much larger it is to be for large LOBs is ours, as the page's equation asks "
                + "for gigabytes"),
        .init(
            taskSettings, "ChangeProcessingDdlHandlingPolicy.*", .documented,
            guide + "change processing DDL handling policy"),
        .init(taskSettings, "ErrorBehavior.*", .documented, guide + "error handling task settings"),
        .init(
            taskSettings, "ChangeProcessingTuning.*", .documented, guide + "change processing tuning settings"
        ),
        .init(taskSettings, "ValidationSettings.*", .documented, guide + "data validation task settings"),
        .init(taskSettings, "PostProcessingRules", .seen, "null in task settings that AWS prints"),
        .init(
            taskSettings, "CharacterSetSettings", .documented, guide + "character substitution task settings"),
        .init(
            taskSettings, "LoopbackPreventionSettings", .documented,
            guide + "loopback prevention task settings"),
        .init(taskSettings, "BeforeImageSettings", .documented, guide + "before image task settings"),
        .init(
            taskSettings, "FailTaskWhenCleanTaskResourceFailed", .seen, "in task settings that AWS prints"),
    ]

    private static let ofMapping: [DMSKeyReference] = [
        .init(mapping, "rules.*", .documented, guide + "selection rules and actions"),
        .init(
            mapping, "rules.lob-settings.*", .documented, guide + "table and collection settings"),
        .init(
            mapping, "rules.lob-settings.bulk-max-size", .uncertain,
            guide
                + "table and collection settings; in a limited rule it is the limit; in an unlimited one the guide has it for Db2 and "
                + "ASE only, and migrations from PostgreSQL used it all the same"),
    ]

    private static let ofEndpoint: [DMSKeyReference] = [
        .init(endpoint, "*", .documented, "DMS API reference, PostgreSQLSettings"),
        .init(attributes, "PluginName", .documented, guide + "PostgreSQL source"),
        .init(attributes, "slotName", .documented, guide + "PostgreSQL source"),
        .init(attributes, "unboundedVarcharMaxSize", .documented, guide + "PostgreSQL source"),
        .init(
            attributes, "FailTasksOnLobTruncation", .uncertain,
            guide
                + "PostgreSQL source, as a setting; as an attribute older pages spell it with a small f, and whether case matters "
                + "is not documented"),
    ]

    /// The row of a key: its own, or else that of the longest section around it.
    static func of(_ key: String, in container: String) -> DMSKeyReference? {
        all.filter { reference in
            guard reference.container.utf8.elementsEqual(container.utf8) else { return false }
            guard reference.key.hasSuffix("*") else { return reference.key.utf8.elementsEqual(key.utf8) }
            return key.utf8.starts(with: reference.key.dropLast().utf8)
        }.max { left, right in
            (left.key.hasSuffix("*") ? 0 : 1, left.key.utf8.count)
                < (right.key.hasSuffix("*") ? 0 : 1, right.key.utf8.count)
        }
    }
}
