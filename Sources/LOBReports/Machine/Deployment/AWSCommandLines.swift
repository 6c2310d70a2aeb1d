import LOBAdvice

/// The AWS command lines that make or change the tasks, as a shell script to run in the report folder.
enum AWSCommandLines {
    /// The script.
    static func render(_ report: Report) -> [UInt8] {
        let tasks = TaskNames.all(of: report)
        let parts = [
            head(report), function("create", tasks.map { create($0, report.profile) }),
            function("modify", tasks.map(modify)), function("endpoints", tasks.map(endpoint)), choice,
        ]
        return Array(parts.joined(separator: "\n").utf8)
    }

    private static func head(_ report: Report) -> String {
        """
        #!/bin/sh
        # AWS DMS tasks for the database "\(VisibleText.escape(report.profile.database))". In the report folder:
        #   sh THIS create      make the tasks
        #   sh THIS modify      change tasks that are there; they must be stopped
        #   sh THIS endpoints   change the source endpoints
        # Variables that are missing are named when they are needed.
        set -eu

        """
    }

    private static func function(_ name: String, _ commands: [String]) -> String {
        "\(name)() {\n" + commands.joined(separator: "\n") + "}\n"
    }

    private static func command(_ name: String, _ options: [(String, String)]) -> String {
        "  aws dms \(name) \\\n" + options.map { "    --\($0.0) \($0.1)" }.joined(separator: " \\\n") + "\n"
    }

    private static func create(_ task: TaskNames, _ profile: Profile) -> String {
        let type = profile.policy.migrationType
        var comment = ""
        var options = [
            ("replication-task-identifier", quoted(task.identifier)),
            ("source-endpoint-arn", variable("SOURCE_ENDPOINT_ARN\(task.variableSuffix)")),
            ("target-endpoint-arn", variable("TARGET_ENDPOINT_ARN")),
            ("replication-instance-arn", variable("REPLICATION_INSTANCE_ARN")),
            ("migration-type", quoted(type.rawValue)),
        ]
        if let start = task.files.task.cdcStart, type != .fullLoad {
            options.append(("cdc-start-position", quoted(start)))
        } else if task.needsStart(type) {
            options.append(("cdc-start-position", variable("CDC_START_POSITION\(task.variableSuffix)")))
            let hints = task.hintsOfStart(profile)
            if !hints.isEmpty { comment = "  # CDC_START_POSITION\(task.variableSuffix): \(hints)\n" }
        }
        return comment + command("create-replication-task", options + documents(task))
    }

    private static func modify(_ task: TaskNames) -> String {
        command(
            "modify-replication-task",
            [("replication-task-arn", variable("REPLICATION_TASK_ARN\(task.variableSuffix)"))]
                + documents(task))
    }

    private static func endpoint(_ task: TaskNames) -> String {
        let attributes = task.files.task.endpoint.attributesBesideJSON
        return
            (attributes == nil
            ? "" : "  # The attributes replace those that the endpoint has: add others of yours.\n")
            + command(
                "modify-endpoint",
                [
                    ("endpoint-arn", variable("SOURCE_ENDPOINT_ARN\(task.variableSuffix)")),
                    ("postgre-sql-settings", file(task, .endpointSettings)),
                ] + (attributes.map { [("extra-connection-attributes", quoted($0))] } ?? []))
    }

    private static func documents(_ task: TaskNames) -> [(String, String)] {
        [
            ("table-mappings", file(task, .tableMappings)),
            ("replication-task-settings", file(task, .taskSettings)),
        ]
    }

    private static func file(_ task: TaskNames, _ format: ReportFormat) -> String {
        quoted("file://" + task.files.path(format.fileName ?? ""))
    }

    /// What stands here is ours or checked: no quotation mark can be in it.
    private static func quoted(_ text: String) -> String { "'\(text)'" }

    private static func variable(_ name: String) -> String { "\"${\(name):?is not set}\"" }

    private static let choice = """
        case "${1:-}" in
        create | modify | endpoints) "$1" ;;
        *)
          echo "usage: sh $0 create|modify|endpoints" >&2
          exit 64
          ;;
        esac

        """
}
