/// What a file holds: tasks, in whatever DMS's own tools or those that make tasks print, or task settings alone.
///
/// Read are table mappings; what `aws dms describe-replication-tasks` and `describe-replication-configs` print (whole, one
/// entry, a list, what `--query` leaves of them, JSON within a string), and `describe-endpoints`; endpoint settings in a file of
/// their own; CloudFormation templates in JSON; and `terraform show -json`, plan or state. Shapes after the DMS API reference, the
/// CloudFormation template reference for `AWS::DMS::ReplicationTask`, `AWS::DMS::ReplicationConfig` and `AWS::DMS::Endpoint`, and
/// Terraform's "JSON Output Format".
public enum TaskContainer: Hashable, Sendable {
    case tasks([DeployedTask])
    /// Settings without a mapping, for the mappings that are given beside them.
    case settings(DeployedSettings)
    /// Source endpoints, for the tasks that are given beside them.
    case endpoints([EndpointDescription])

    /// Reads a file.
    ///
    /// - Throws: ``DeployedTaskError`` for what is none of these, with what would be.
    public init(parsing bytes: [UInt8]) throws(DeployedTaskError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw ForeignFormat(bytes).map(DeployedTaskError.foreign) ?? .mapping(.invalidJSON(error))
        }
        if let settings = Self.settings(json) {
            self = .settings(settings)
            return
        }
        if let endpoints = Self.endpoints(json) {
            self = .endpoints(endpoints)
            return
        }
        self = .tasks(try Self.tasks(json, at: ""))
    }

    /// The tasks; none where it holds settings alone.
    public var tasks: [DeployedTask] {
        if case .tasks(let tasks) = self { tasks } else { [] }
    }

    /// Sections that only task settings have.
    private static func settings(_ json: JSONValue) -> DeployedSettings? {
        guard json["rules"] == nil, TaskKeys(json) == nil else { return nil }
        if let wrapped = TaskKeys.settings.lazy.compactMap({ json.present($0) }).first {
            return Self.parsed(wrapped).map { DeployedSettings(json: $0) }
        }
        let isSettings = (json.objectMembers ?? []).contains { SettingsSchema.section($0.key) != nil }
        return isSettings ? DeployedSettings(json: json) : nil
    }

    /// What `aws dms describe-endpoints` prints (whole, one entry, or a list), or settings of an endpoint alone.
    private static func endpoints(_ json: JSONValue) -> [EndpointDescription]? {
        if let settings = EndpointDescription(settings: json) { return [settings] }
        let described = json["Endpoints"] ?? json["Endpoint"] ?? json
        let list = described.elements ?? [described]
        guard !list.isEmpty, list.allSatisfy(EndpointDescription.isOne) else { return nil }
        return list.compactMap { EndpointDescription($0) }
    }

    private static func tasks(_ json: JSONValue, at path: String) throws(DeployedTaskError) -> [DeployedTask]
    {
        if json["rules"] != nil { return [DeployedTask(mapping: try mapping(json), settings: nil)] }
        if let keys = TaskKeys(json) { return [try DeployedTask(json, keys, isFromAWS: keys.isDescription)] }
        switch json {
        case .string:
            guard let inner = parsed(json), inner != json else { break }
            return try tasks(inner, at: path)
        case .array(let elements):
            guard !elements.isEmpty else { throw .noTask(path) }
            return try all(elements.map { ($0, path) })
        case .object(let members):
            if let found = try wrapped(json) { return found }
            let described = members.first { member in
                Self.lists.contains { member.key.elementsEqual($0.utf8) }
            }
            if let described {
                return try tasks(described.value, at: String(decoding: described.key, as: UTF8.self))
            }
        default: break
        }
        // With the words that say what is missing.
        _ = try mapping(json)
        return []
    }

    /// What the API's answers are called.
    private static let lists = [
        "ReplicationTasks", "ReplicationTask", "ReplicationConfigs", "ReplicationConfig",
    ]

    private static func all(_ found: [(JSONValue, String)]) throws(DeployedTaskError) -> [DeployedTask] {
        var tasks: [DeployedTask] = []
        for (json, path) in found { tasks += try Self.tasks(json, at: path) }
        return tasks
    }

    /// The resources of a template, a plan or a state; nil where it is none.
    private static func wrapped(_ json: JSONValue) throws(DeployedTaskError) -> [DeployedTask]? {
        if let members = json["Resources"]?.objectMembers {
            let tasks = members.filter { isTask($0.value["Type"]?.word) }
            guard !tasks.isEmpty else { throw .noTask("Resources") }
            return try resources(
                tasks.map { (name: $0.key, values: $0.value["Properties"]) },
                { values in
                    endpoints(of: values, in: json)
                })
        }
        let modules = ["planned_values", "values"].compactMap { json[$0]?["root_module"] }
        if let root = modules.first {
            let found = terraformResources(root)
            guard !found.isEmpty else { throw .noTask("root_module") }
            let endpoints = terraformResources(root, where: { $0 == "aws_dms_endpoint" }).compactMap {
                $0.values.flatMap { EndpointDescription($0) }
            }
            return try resources(found) { _ in endpoints }
        }
        return nil
    }

    /// The source endpoint of a task in a template: the resource that it refers to, or, where that is made elsewhere, what our
    /// own templates say that it needs.
    private static func endpoints(of task: JSONValue, in template: JSONValue) -> [EndpointDescription] {
        guard let reference = task["SourceEndpointArn"]?["Ref"]?.word else { return [] }
        if let properties = template["Resources"]?[reference]?["Properties"] {
            return [EndpointDescription(properties)].compactMap(\.self)
        }
        let needed = template["Metadata"]?[
            "SourceEndpoint" + reference.dropFirst("SourceEndpointArn".utf8.count)]
        return [needed.flatMap { EndpointDescription(needed: $0) }].compactMap(\.self)
    }

    private static func resources(
        _ found: [(name: [UInt8], values: JSONValue?)],
        _ endpoints: (JSONValue) -> [EndpointDescription]
    ) throws(DeployedTaskError) -> [DeployedTask] {
        var tasks: [DeployedTask] = []
        for (name, values) in found {
            let name = Identifier(bytes: name).losslessText
            guard let values, let keys = TaskKeys(values) else { throw .noMapping(name) }
            tasks.append(
                try DeployedTask(values, keys, isFromAWS: false, called: name).reading(endpoints(values)))
        }
        return tasks
    }

    private static func isTask(_ type: String?) -> Bool {
        [
            "AWS::DMS::ReplicationTask", "AWS::DMS::ReplicationConfig", "aws_dms_replication_task",
            "aws_dms_replication_config",
        ].contains(type ?? "")
    }

    private static func terraformResources(
        _ module: JSONValue, where isWanted: (String?) -> Bool = isTask
    ) -> [(name: [UInt8], values: JSONValue?)] {
        let own = (module["resources"]?.elements ?? []).filter { isWanted($0["type"]?.word) }.map {
            (name: $0["address"]?.stringBytes ?? $0["type"]?.stringBytes ?? [], values: $0["values"])
        }
        return own
            + (module["child_modules"]?.elements ?? []).flatMap {
                terraformResources($0, where: isWanted)
            }
    }

    private static func mapping(_ json: JSONValue) throws(DeployedTaskError) -> MappingDocument {
        do {
            return try MappingDocument(json: json)
        } catch {
            throw .mapping(error)
        }
    }

    /// JSON within a string, or the value itself; nil for a string that holds none.
    private static func parsed(_ json: JSONValue) -> JSONValue? {
        guard let bytes = json.stringBytes else { return json }
        return try? JSONValue(parsing: bytes)
    }
}

/// How the members of a task are called where it stands.
struct TaskKeys {
    let mapping: String
    let settings: String
    let name: String
    let type: String
    /// The ARN of the source endpoint.
    var endpoint: String { isDescription ? "SourceEndpointArn" : "source_endpoint_arn" }

    private static let all = [
        TaskKeys(
            mapping: "TableMappings", settings: "ReplicationTaskSettings", name: "ReplicationTaskIdentifier",
            type: "MigrationType"),
        TaskKeys(
            mapping: "TableMappings", settings: "ReplicationSettings", name: "ReplicationConfigIdentifier",
            type: "ReplicationType"),
        TaskKeys(
            mapping: "table_mappings", settings: "replication_task_settings", name: "replication_task_id",
            type: "migration_type"),
        TaskKeys(
            mapping: "table_mappings", settings: "replication_settings",
            name: "replication_config_identifier",
            type: "replication_type"),
    ]

    /// Keys that hold task settings.
    static let settings = all.map(\.settings)

    private init(mapping: String, settings: String, name: String, type: String) {
        (self.mapping, self.settings, self.name, self.type) = (mapping, settings, name, type)
    }

    /// The keys of an object that is a task: those of which it has most.
    init?(_ json: JSONValue) {
        let fitting = Self.all.filter { json.present($0.mapping) != nil }
        let best = fitting.max { left, right in left.count(in: json) < right.count(in: json) }
        guard let best else { return nil }
        self = best
    }

    private func count(in json: JSONValue) -> Int {
        [settings, name, type].count { json.present($0) != nil }
    }

    /// Whether AWS names them so.
    var isDescription: Bool { mapping == "TableMappings" }
}

/// A file of a tool whose own format is not read, but what it can print instead.
public enum ForeignFormat: Hashable, Sendable {
    case terraform, cloudFormationYAML

    init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes.prefix(1 << 20), as: UTF8.self)
        if text.contains("aws_dms_replication_") {
            self = .terraform
        } else if text.contains("AWS::DMS::Replication") {
            self = .cloudFormationYAML
        } else {
            return nil
        }
    }

    /// What it is, and what to give instead.
    var description: String {
        switch self {
        case .terraform:
            "a Terraform configuration, whose values only Terraform knows\n"
                + "hint: terraform plan -out=plan && terraform show -json plan >plan.json, and lint plan.json"
        case .cloudFormationYAML:
            "a CloudFormation template in YAML\n"
                + "hint: aws cloudformation get-template prints JSON for stacks made from JSON; else convert it, as with "
                + "cfn-flip, or lint what aws dms describe-replication-tasks prints"
        }
    }
}
