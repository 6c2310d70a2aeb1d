/// A task as it is deployed: its mapping and its settings.
public struct DeployedTask: Hashable, Sendable {
    /// The task's name; nil where it was read from a mapping file.
    public private(set) var name: String?
    public let mapping: MappingDocument
    /// nil where no settings are known: then nothing is said about them, and AWS's defaults are assumed.
    public private(set) var settings: DeployedSettings?
    /// Whether AWS printed the settings, and with them keys that it refuses when a task is made.
    public private(set) var isFromAWS: Bool
    /// nil where the file does not say.
    public let migrationType: MigrationType?
    /// Its source endpoint; nil where the file does not show it.
    public private(set) var endpoint: DeployedEndpoint?
    /// The ARN of its source endpoint, or what stands for it; nil where the file does not say.
    private let endpointARN: [UInt8]?

    /// Creates a task.
    public init(
        name: String? = nil, mapping: MappingDocument, settings: DeployedSettings?, isFromAWS: Bool = false,
        migrationType: MigrationType? = nil, endpoint: DeployedEndpoint? = nil
    ) {
        self.endpoint = endpoint
        endpointARN = nil
        self.name = name
        self.mapping = mapping
        self.settings = settings
        self.isFromAWS = isFromAWS
        self.migrationType = migrationType
    }

    /// Reads one task: its mapping and its settings are objects, or JSON within a string.
    ///
    /// - Parameter called: a name for it where it has none of its own.
    init(
        _ json: JSONValue, _ keys: TaskKeys, isFromAWS: Bool, called: String? = nil
    ) throws(DeployedTaskError) {
        name = json[keys.name]?.word ?? called
        let value = json[keys.mapping] ?? .null
        guard !value.isMadeElsewhere else { throw .madeElsewhere(called ?? name ?? "task", keys.mapping) }
        do throws(MappingError) {
            if let bytes = value.stringBytes {
                mapping = try MappingDocument(parsing: bytes)
            } else {
                mapping = try MappingDocument(json: value)
            }
        } catch {
            throw .mapping(error)
        }
        settings = try Self.settings(json.present(keys.settings), of: called ?? name ?? "task", keys)
        self.isFromAWS = isFromAWS
        migrationType = json[keys.type]?.word.flatMap(MigrationType.init)
        endpointARN = json[keys.endpoint]?.stringBytes
    }

    private static func settings(
        _ json: JSONValue?, of task: String, _ keys: TaskKeys
    ) throws(DeployedTaskError) -> DeployedSettings? {
        guard let json, json.stringBytes?.isEmpty != true else { return nil }
        guard !json.isMadeElsewhere else { throw .madeElsewhere(task, keys.settings) }
        guard let bytes = json.stringBytes else { return DeployedSettings(json: json) }
        do {
            return try DeployedSettings(parsing: bytes)
        } catch {
            throw .settings(error)
        }
    }

    /// The same mapping with settings from a file of their own.
    public func with(settings: DeployedSettings) -> DeployedTask {
        var task = self
        (task.settings, task.isFromAWS) = (settings, false)
        return task
    }

    /// The same task with a name, where it has none of its own.
    public func named(_ other: String?) -> DeployedTask {
        var task = self
        task.name = name ?? other
        return task
    }

    /// The same task with its source endpoint: the one whose ARN it names, or the only one there is where it names none.
    ///
    /// What an endpoint has counts for more than what it is to have.
    public func reading(_ endpoints: [EndpointDescription]) -> DeployedTask {
        guard endpoint?.isProposed ?? true else { return self }
        var task = self
        task.endpoint = (own(endpoints, isProposed: false) ?? endpoint ?? own(endpoints, isProposed: true))
        return task
    }

    private func own(_ endpoints: [EndpointDescription], isProposed: Bool) -> DeployedEndpoint? {
        let all = endpoints.filter { $0.endpoint.isProposed == isProposed }
        if let endpointARN, let own = all.first(where: { $0.arn == endpointARN }) { return own.endpoint }
        // A description of another endpoint, or of one whose ARN is not known yet, says nothing of a task that names its own.
        guard endpointARN == nil || isProposed, all.count == 1 else { return nil }
        return all.first?.endpoint
    }

    /// The task for people.
    package var subject: String { name.map { "task \($0)" } ?? "task settings" }
}

extension JSONValue {
    /// Whether CloudFormation puts the value together when it deploys: `Ref`, `Fn::Sub` and the like.
    var isMadeElsewhere: Bool {
        guard let members = objectMembers, members.count == 1, let key = members.first?.key else {
            return false
        }
        return key.elementsEqual("Ref".utf8) || key.starts(with: "Fn::".utf8)
    }
}

/// Why a deployed task could not be read.
public enum DeployedTaskError: Error, Hashable, Sendable, CustomStringConvertible {
    case mapping(MappingError)
    case settings(SettingsError)
    /// A list, such as `ReplicationTasks`, has nothing in it that migrates.
    case noTask(String)
    /// A resource of a template or plan has no mapping in it, or one that is known only later.
    case noMapping(String)
    /// A template puts a value together when it is deployed.
    case madeElsewhere(String, String)
    case foreign(ForeignFormat)

    /// What is wrong, to follow the file's name.
    public var description: String {
        switch self {
        case .mapping(.noRules):
            "\(MappingError.noRules)\nhint: give a table mapping, a report folder, what \"aws dms describe-replication-tasks\" or "
                + "\"describe-replication-configs\" prints, a CloudFormation template in JSON, or \"terraform show -json\""
        case .mapping(.invalidJSON(let error)):
            "\(MappingError.invalidJSON(error))\nhint: give a table mapping, task settings, a report folder, or what "
                + "\"aws dms describe-replication-tasks\" prints"
        case .mapping(let error): "\(error)"
        case .settings(let error): "\(error)"
        case .noTask(let list):
            "\(list.isEmpty ? "the list" : list) has no replication task in it\n"
                + "hint: check region, profile and filter of the command that printed it"
        case .noMapping(let resource):
            "\(resource) has no table mapping in it\nhint: print a plan or state in which its value is known"
        case .madeElsewhere(let task, let key):
            "\(task): \(key) is put together only when the template is deployed\n"
                + "hint: lint what aws dms describe-replication-tasks prints of the deployed task"
        case .foreign(let format): "this is \(format.description)"
        }
    }
}
