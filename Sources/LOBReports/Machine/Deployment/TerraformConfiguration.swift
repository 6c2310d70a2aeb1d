import LOBAdvice

/// A Terraform configuration that makes the tasks, as `terraform fmt` writes it.
enum TerraformConfiguration {
    /// The configuration.
    static func render(_ report: Report) -> [UInt8] {
        let tasks = TaskNames.all(of: report)
        let type = report.profile.policy.migrationType
        let withoutStart = tasks.filter { $0.needsStart(type) && $0.files.task.cdcStart == nil }
        var parts = [
            head,
            variable("source_endpoint_arns", "map(string)", "ARN of the source endpoint of each task."),
            variable("target_endpoint_arn", "string", "ARN of the target endpoint."),
            variable("replication_instance_arn", "string", "ARN of the replication instance."),
        ]
        if !withoutStart.isEmpty {
            let hints = withoutStart.compactMap { task -> String? in
                let text = task.hintsOfStart(report.profile)
                return text.isEmpty ? nil : "# \(task.label): \(text).\n"
            }
            parts.append(
                hints.joined()
                    + variable("cdc_start_positions", "map(string)", "Where the changes of each task begin."))
        }
        return Array((parts + tasks.map { resource($0, type) }).joined(separator: "\n").utf8)
    }

    private static let head = """
        # AWS DMS tasks from a profile by lobscope.

        """

    private static func variable(_ name: String, _ type: String, _ description: String) -> String {
        block("variable \"\(name)\"", [("description", "\"\(description)\""), ("type", type)], [])
    }

    private static func resource(_ task: TaskNames, _ type: MigrationType) -> String {
        var attributes = [
            ("replication_task_id", "\"\(task.identifier)\""), ("migration_type", "\"\(type.rawValue)\""),
            ("replication_instance_arn", "var.replication_instance_arn"),
            ("source_endpoint_arn", "var.source_endpoint_arns[\"\(task.label)\"]"),
            ("target_endpoint_arn", "var.target_endpoint_arn"),
        ]
        if let start = task.files.task.cdcStart, type != .fullLoad {
            attributes.append(("cdc_start_position", "\"\(start)\""))
        } else if task.needsStart(type) {
            attributes.append(("cdc_start_position", "var.cdc_start_positions[\"\(task.label)\"]"))
        }
        return endpoint(task)
            + block(
                "resource \"aws_dms_replication_task\" \"\(task.label)\"", attributes,
                [
                    ("table_mappings", task.files.task.mapping.json),
                    ("replication_task_settings", task.files.task.settings.json),
                ])
    }

    /// What the source endpoint, which is made elsewhere, has to have: a comment.
    private static func endpoint(_ task: TaskNames) -> String {
        let settings = task.files.task.endpoint
        let plugin = settings.plugin.map { ("plugin_name", JSONValue.text($0.settingsName)) }
        let slot = settings.slot.flatMap { $0.isSlotName ? ("slot_name", JSONValue.string($0.bytes)) : nil }
        let members =
            [("fail_tasks_on_lob_truncation", JSONValue.bool(settings.failsTasksOnLOBTruncation))]
            + [plugin, slot].compactMap(\.self)
        let width = members.map(\.0.utf8.count).max() ?? 0
        let lines =
            ["The resource aws_dms_endpoint of its source needs:"]
            + (settings.attributesBesideJSON.map { ["  extra_connection_attributes = \"\($0)\""] } ?? [])
            + ["  postgres_settings {"]
            + members.map { name, value in
                "    \(name)\(String(repeating: " ", count: width - name.utf8.count)) = \(HCLText.value(value, indentation: 0))"
            } + ["  }"]
        return lines.map { "# \($0)\n" }.joined()
    }

    /// A block: attributes of one line with their signs aligned, then documents.
    private static func block(
        _ head: String, _ attributes: [(String, String)], _ documents: [(String, JSONValue)]
    ) -> String {
        let width = attributes.map(\.0.utf8.count).max() ?? 0
        let lines = attributes.map { name, value in
            "  \(name)\(String(repeating: " ", count: width - name.utf8.count)) = \(value)\n"
        }
        let encoded = documents.map { name, value in
            "\n  \(name) = jsonencode(\(HCLText.value(value, indentation: 1)))\n"
        }
        return "\(head) {\n" + (lines + encoded).joined() + "}\n"
    }
}
