import DMS
import Testing

/// Tasks are read from whatever holds them, and are the same there.
struct TaskContainerTests {
    private static let mapping = """
        {"rules": [{"rule-type": "selection", "rule-id": "1", "rule-name": "a", "rule-action": "include", "filters": [],
          "object-locator": {"schema-name": "shop", "table-name": "order"}},
         {"rule-type": "table-settings", "rule-id": "2", "rule-name": "b",
          "object-locator": {"schema-name": "shop", "table-name": "order"},
          "lob-settings": {"mode": "limited", "bulk-max-size": "64"}}]}
        """
    private static let settings = """
        {"TargetMetadata": {"SupportLobs": true, "FullLobMode": false, "LimitedSizeLobMode": true, "LobMaxSize": 96}}
        """

    /// The text as a JSON string.
    private static func quoted(_ json: String) -> String {
        String(decoding: JSONValue.text(json).compactBytes.dropLast(), as: UTF8.self)
    }

    private static let task = """
        {"ReplicationTaskIdentifier": "nightly", "MigrationType": "cdc", "Status": "running",
         "TableMappings": \(quoted(mapping)), "ReplicationTaskSettings": \(quoted(settings))}
        """
    private static let config = """
        {"ReplicationConfigIdentifier": "nightly", "ReplicationType": "cdc", "ComputeConfig": {"MaxCapacityUnits": 4},
         "TableMappings": \(quoted(mapping)), "ReplicationSettings": \(quoted(settings)), "SupplementalSettings": ""}
        """

    private static func template(_ type: String, _ properties: String) -> String {
        """
        {"AWSTemplateFormatVersion": "2010-09-09",
         "Resources": {"Bucket": {"Type": "AWS::S3::Bucket"}, "Nightly": {"Type": "\(type)", "Properties": \(properties)}}}
        """
    }

    private static func terraform(_ key: String, _ settings: String, _ name: String, _ type: String) -> String
    {
        """
        {"format_version": "1.2", "\(key)": {"root_module": {"resources": [{"type": "aws_vpc", "values": {}}],
         "child_modules": [{"address": "module.dms", "resources": [{"address": "module.dms.\(type).nightly", "type": "\(type)",
          "values": {"\(name)": "nightly", "\(name == "replication_task_id" ? "migration_type" : "replication_type")": "cdc",
           "table_mappings": \(quoted(mapping)), "\(settings)": \(quoted(Self.settings))}}]}]}}}
        """
    }

    private static let containers = [
        task, "[\(task)]", "{\"ReplicationTask\": \(task)}", "{\"ReplicationTasks\": [\(task)]}",
        "{\"Marker\": \"x\", \"ReplicationTasks\": [\(task)]}", quoted(task), config,
        "{\"ReplicationConfig\": \(config)}",
        "{\"ReplicationConfigs\": [\(config)]}", template("AWS::DMS::ReplicationTask", task),
        template("AWS::DMS::ReplicationConfig", config),
        template(
            "AWS::DMS::ReplicationConfig",
            """
            {"ReplicationConfigIdentifier": "nightly", "ReplicationType": "cdc", "TableMappings": \(mapping),
             "ReplicationSettings": \(settings)}
            """),
        terraform("values", "replication_task_settings", "replication_task_id", "aws_dms_replication_task"),
        terraform(
            "planned_values", "replication_task_settings", "replication_task_id", "aws_dms_replication_task"),
        terraform(
            "values", "replication_settings", "replication_config_identifier", "aws_dms_replication_config"),
    ]

    private func tasks(_ text: String) throws(DeployedTaskError) -> [DeployedTask] {
        try TaskContainer(parsing: Array(text.utf8)).tasks
    }

    @Test(arguments: containers) func aTaskIsTheSameInEveryContainer(container: String) throws {
        let found = try tasks(container)
        let mapping = try MappingDocument(parsing: Array(Self.mapping.utf8))
        let settings = try DeployedSettings(parsing: Array(Self.settings.utf8))
        #expect(found.map(\.name) == ["nightly"])
        #expect(found.map(\.mapping) == [mapping])
        #expect(found.map(\.settings) == [settings])
        #expect(found.map(\.migrationType) == [.cdc])
    }

    /// What `--query` leaves of a task may be the mapping alone, as JSON or as a string.
    @Test func aMappingAloneHasNoSettings() throws {
        for text in [Self.mapping, Self.quoted(Self.mapping), "[\(Self.quoted(Self.mapping))]"] {
            let found = try tasks(text)
            #expect(found.count == 1 && found[0].settings == nil && found[0].mapping.rules.count == 2)
        }
        #expect(try tasks("[\(Self.mapping), \(Self.mapping)]").count == 2)
    }

    @Test func settingsAloneAreSettings() throws {
        let wrapped = [
            "{\"ReplicationTaskSettings\": \(Self.settings)}",
            "{\"ReplicationTaskSettings\": \(Self.quoted(Self.settings))}",
        ]
        for text in [Self.settings] + wrapped {
            guard case .settings(let settings) = try TaskContainer(parsing: Array(text.utf8)) else {
                Issue.record("no settings: \(text)")
                continue
            }
            #expect(settings.lobMaxSize == .written(Kibibytes(96)))
        }
    }

    @Test(arguments: [
        ("{\"ReplicationTasks\": []}", "ReplicationTasks has no replication task in it\nhint: "),
        ("[]", "the list has no replication task in it\nhint: "),
        (
            "{\"Resources\": {\"B\": {\"Type\": \"AWS::S3::Bucket\"}}}",
            "Resources has no replication task in it\nhint: "
        ),
        (
            template("AWS::DMS::ReplicationTask", "{\"MigrationType\": \"cdc\"}"),
            "Nightly has no table mapping in it\nhint: "
        ),
        (
            template("AWS::DMS::ReplicationTask", "{\"TableMappings\": {\"Fn::Sub\": \"x\"}}"),
            "Nightly: TableMappings is put together only when the template is deployed\nhint: "
        ),
        (
            "resource \"aws_dms_replication_task\" \"t\" {\n  table_mappings = <<EOF\n\(mapping)\nEOF\n}",
            "this is a Terraform configuration, whose values only Terraform knows\nhint: terraform plan"
        ),
        (
            "Resources:\n  T:\n    Type: AWS::DMS::ReplicationTask\n",
            "this is a CloudFormation template in YAML\nhint: "
        ),
        ("{\"a\": 1}", "table mapping has no list \"rules\"\nhint: give a table mapping, a report folder, "),
        ("{\"rules\": 7}", "table mapping has no list \"rules\"\nhint: "),
        ("{", "table mapping is not JSON: "),
        ("7", "table mapping has no list \"rules\"\nhint: "),
        ("\"no JSON\"", "table mapping has no list \"rules\"\nhint: "),
    ]) func whatHoldsNoTaskSaysWhatWould(text: String, message: String) {
        do {
            let found = try tasks(text)
            Issue.record("\(found.count) tasks in \(text)")
        } catch {
            #expect(error.description.hasPrefix(message), "\(error)")
        }
    }
}
