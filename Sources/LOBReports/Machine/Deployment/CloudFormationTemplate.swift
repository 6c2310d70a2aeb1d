import LOBAdvice

/// A CloudFormation template, in JSON, that makes the tasks.
struct CloudFormationTemplate {
    let report: Report
    let kind: Kind

    /// What runs the tasks.
    enum Kind {
        /// `AWS::DMS::ReplicationTask` on a replication instance.
        case task
        /// `AWS::DMS::ReplicationConfig`, serverless.
        case serverless
    }

    /// A member of an object.
    private typealias Member = (String, JSONValue)

    /// The template.
    func render() -> [UInt8] {
        let tasks = TaskNames.all(of: report)
        let document = JSONValue.members([
            "AWSTemplateFormatVersion": .text("2010-09-09"),
            "Description": .text("AWS DMS tasks from a profile by lobscope"),
            "Metadata": Self.object(
                [
                    (
                        "Endpoints",
                        .text(
                            "What the source endpoints, which are made elsewhere, need, as in AWS::DMS::Endpoint"
                        )
                    )
                ]
                    + tasks.map { ("SourceEndpoint" + $0.logicalID, Self.endpoint($0.files.task.endpoint)) }),
            "Parameters": Self.object(
                shared.map { Self.parameter($0) } + tasks.flatMap(ofTask)),
            "Resources": Self.object(tasks.map { ("Task" + $0.logicalID, resource($0)) }),
        ])
        return document.prettyBytes
    }

    private static func endpoint(_ settings: EndpointSettings) -> JSONValue {
        object(
            [("PostgreSqlSettings", settings.json)]
                + (settings.attributesBesideJSON.map { [("ExtraConnectionAttributes", .text($0))] } ?? []))
    }

    private var type: MigrationType { report.profile.policy.migrationType }

    private var shared: [String] {
        switch kind {
        case .task: ["TargetEndpointArn", "ReplicationInstanceArn"]
        case .serverless: ["TargetEndpointArn", "ReplicationSubnetGroupId", "MaxCapacityUnits"]
        }
    }

    private func ofTask(_ task: TaskNames) -> [Member] {
        let asksForStart = kind == .task && task.needsStart(type) && task.files.task.cdcStart == nil
        let start = Self.parameter(
            "CdcStartPosition" + task.logicalID, about: task.hintsOfStart(report.profile))
        return [Self.parameter("SourceEndpointArn" + task.logicalID)] + (asksForStart ? [start] : [])
    }

    private static func parameter(_ name: String, about text: String = "") -> Member {
        let isNumber = name.utf8.elementsEqual("MaxCapacityUnits".utf8)
        let type = ("Type", JSONValue.text(isNumber ? "Number" : "String"))
        return (name, object([type] + (text.isEmpty ? [] : [("Description", .text(text))])))
    }

    private func resource(_ task: TaskNames) -> JSONValue {
        switch kind {
        case .task:
            .members([
                "Type": .text("AWS::DMS::ReplicationTask"), "Properties": Self.object(taskProperties(task)),
            ])
        case .serverless:
            .members([
                "Type": .text("AWS::DMS::ReplicationConfig"),
                "Properties": Self.object(configProperties(task)),
            ])
        }
    }

    /// Mapping and settings are strings here.
    private func taskProperties(_ task: TaskNames) -> [Member] {
        let recommended = task.files.task
        var members: [Member] = [
            ("ReplicationTaskIdentifier", .text(task.identifier)),
            ("MigrationType", .text(type.rawValue)),
            ("ReplicationInstanceArn", Self.reference("ReplicationInstanceArn")),
            ("SourceEndpointArn", Self.reference("SourceEndpointArn" + task.logicalID)),
            ("TargetEndpointArn", Self.reference("TargetEndpointArn")),
        ]
        if let start = recommended.cdcStart, type != .fullLoad {
            members.append(("CdcStartPosition", .text(start)))
        } else if task.needsStart(type) {
            members.append(("CdcStartPosition", Self.reference("CdcStartPosition" + task.logicalID)))
        }
        return members + [
            ("TableMappings", .string(recommended.mapping.json.compactBytes.dropLast())),
            ("ReplicationTaskSettings", .string(recommended.settings.json.compactBytes.dropLast())),
        ]
    }

    /// Mapping and settings are objects here.
    private func configProperties(_ task: TaskNames) -> [Member] {
        [
            ("ReplicationConfigIdentifier", .text(task.identifier)),
            ("ReplicationType", .text(type.rawValue)),
            ("SourceEndpointArn", Self.reference("SourceEndpointArn" + task.logicalID)),
            ("TargetEndpointArn", Self.reference("TargetEndpointArn")),
            (
                "ComputeConfig",
                .members([
                    "MaxCapacityUnits": Self.reference("MaxCapacityUnits"),
                    "ReplicationSubnetGroupId": Self.reference("ReplicationSubnetGroupId"),
                ])
            ),
            ("TableMappings", task.files.task.mapping.json),
            ("ReplicationSettings", task.files.task.settings.json),
        ]
    }

    private static func reference(_ name: String) -> JSONValue { .members(["Ref": .text(name)]) }

    private static func object(_ members: [Member]) -> JSONValue {
        .object(members.map { JSONMember(key: Array($0.0.utf8), value: $0.1) })
    }
}
