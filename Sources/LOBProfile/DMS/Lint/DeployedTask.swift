/// A task as it is deployed: its mapping and its settings.
public struct DeployedTask: Hashable, Sendable {
    /// The task's name; nil where it was read from a mapping file.
    public let name: String?
    public let mapping: MappingDocument
    /// nil where no settings are known: then nothing is said about them, and AWS's defaults are assumed.
    public let settings: DeployedSettings?
    /// Whether AWS printed the settings, and with them keys that it refuses when a task is made.
    public let isFromAWS: Bool

    /// Creates a task.
    public init(
        name: String? = nil, mapping: MappingDocument, settings: DeployedSettings?, isFromAWS: Bool = false
    ) {
        self.name = name
        self.mapping = mapping
        self.settings = settings
        self.isFromAWS = isFromAWS
    }

    /// Reads a mapping file, or what `aws dms describe-replication-tasks` prints (then with the settings of
    /// every task in it).
    public static func tasks(parsing bytes: [UInt8]) throws(DeployedTaskError) -> [DeployedTask] {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .mapping(.invalidJSON(error))
        }
        let described = json["ReplicationTasks"]?.elements ?? json["ReplicationTask"].map { [$0] }
        guard let described else {
            return [DeployedTask(mapping: try mapping(json), settings: nil)]
        }
        var tasks: [DeployedTask] = []
        for task in described { tasks.append(try DeployedTask(described: task)) }
        return tasks
    }

    /// Reads one task of a description: its mapping and settings are JSON within a string.
    private init(described task: JSONValue) throws(DeployedTaskError) {
        name = task["ReplicationTaskIdentifier"]?.word
        do {
            mapping = try MappingDocument(parsing: task["TableMappings"]?.stringBytes ?? [])
        } catch {
            throw .mapping(error)
        }
        do {
            settings = try task["ReplicationTaskSettings"]?.stringBytes.map { (bytes) throws(SettingsError) in
                try DeployedSettings(parsing: bytes)
            }
        } catch {
            throw .settings(error)
        }
        isFromAWS = true
    }

    private static func mapping(_ json: JSONValue) throws(DeployedTaskError) -> MappingDocument {
        do {
            return try MappingDocument(json: json)
        } catch {
            throw .mapping(error)
        }
    }

    /// The same mapping with settings from a file of their own.
    public func with(settings: DeployedSettings) -> DeployedTask {
        DeployedTask(name: name, mapping: mapping, settings: settings, isFromAWS: false)
    }

    /// The task for people.
    var subject: String { name.map { "task \($0)" } ?? "task settings" }
}

/// Why a deployed task could not be read.
public enum DeployedTaskError: Error, Hashable, Sendable, CustomStringConvertible {
    case mapping(MappingError)
    case settings(SettingsError)

    /// What is wrong, to follow the file's name.
    public var description: String {
        switch self {
        case .mapping(let error): "\(error)"
        case .settings(let error): "\(error)"
        }
    }
}
