/// Task settings as they are deployed: what is absent is AWS's default, what cannot be read is not known.
public struct DeployedSettings: Hashable, Sendable {
    /// The settings as JSON.
    public let json: JSONValue

    /// Creates settings from JSON.
    public init(json: JSONValue) {
        self.json = json
    }

    /// Reads a settings file.
    ///
    /// - Throws: ``SettingsError`` where it is no JSON object; AWS says `Invalid task settings JSON`.
    public init(parsing bytes: [UInt8]) throws(SettingsError) {
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .invalidJSON(error)
        }
        guard json.objectMembers != nil else { throw .noObject }
    }

    /// A setting as it is in force.
    public enum Setting<Value: Sendable & Hashable>: Sendable, Hashable {
        case written(Value)
        /// AWS's default, because the file does not say.
        case byDefault(Value)
        /// The file says something that cannot be read.
        case unreadable

        /// nil where it is not known.
        public var value: Value? {
            switch self {
            case .written(let value), .byDefault(let value): value
            case .unreadable: nil
            }
        }
    }

    /// `SupportLobs`: without it LOB columns are left out altogether.
    public var supportsLOBs: Bool { flag("TargetMetadata", "SupportLobs") ?? true }
    /// `FullLobMode`.
    public var isFull: Bool { flag("TargetMetadata", "FullLobMode") ?? false }
    /// `LimitedSizeLobMode`; where neither mode is said, the task is limited.
    public var isLimited: Bool { flag("TargetMetadata", "LimitedSizeLobMode") ?? !isFull }
    /// Whether the LOB mode can be told: not where one of its switches has a value that cannot be read.
    public var isModeKnown: Bool {
        ["SupportLobs", "FullLobMode", "LimitedSizeLobMode"].allSatisfy { key in
            json["TargetMetadata"]?.present(key).map { $0.truthValue != nil } ?? true
        }
    }
    /// `LobMaxSize`.
    public var lobMaxSize: Setting<Kibibytes> {
        guard let value = json["TargetMetadata"]?.present("LobMaxSize") else {
            return .byDefault(.dmsDefault)
        }
        return value.integerOrDigits.map { .written(Kibibytes($0)) } ?? .unreadable
    }
    /// `LobChunkSize`.
    public var lobChunkSize: Kibibytes { Kibibytes(number("TargetMetadata", "LobChunkSize") ?? 64) }
    /// `InlineLobMaxSize`, 0 where it is off.
    public var inlineLOBMaxSize: Kibibytes { Kibibytes(number("TargetMetadata", "InlineLobMaxSize") ?? 0) }
    /// `BatchApplyEnabled`.
    public var isBatchApplyEnabled: Bool { flag("TargetMetadata", "BatchApplyEnabled") ?? false }
    /// `CommitRate`, in rows.
    public var commitRate: Int {
        max(1, number("FullLoadSettings", "CommitRate") ?? TaskMemory.defaultCommitRate)
    }
    /// `MaxFullLoadSubTasks`: tables that are loaded at the same time.
    public var fullLoadSubTasks: Int {
        max(1, number("FullLoadSettings", "MaxFullLoadSubTasks") ?? TaskMemory.defaultSubTasks)
    }
    /// `MemoryLimitTotal`, in MiB: what all changes that wait may take before they go to disk.
    public var memoryLimitTotal: Setting<Int> {
        setting("ChangeProcessingTuning", "MemoryLimitTotal", or: TaskSettings.defaultMemoryLimitTotal)
    }
    /// `StreamBufferSizeInMB`, in MiB: one buffer of the engine.
    public var streamBufferMebibytes: Setting<Int> {
        setting("StreamBufferSettings", "StreamBufferSizeInMB", or: TaskSettings.defaultStreamBuffer)
    }
    /// `EnableValidation`.
    public var isValidationEnabled: Bool { flag("ValidationSettings", "EnableValidation") ?? false }
    /// `SkipLobColumns`: validation leaves LOB columns out.
    public var skipsLOBsInValidation: Bool { flag("ValidationSettings", "SkipLobColumns") ?? false }
    /// `ValidationPartialLobSize`, 0 for whole values.
    public var validationPartialLOBSize: Kibibytes {
        Kibibytes(number("ValidationSettings", "ValidationPartialLobSize") ?? 0)
    }
    /// `EnableLogging`.
    public var isLoggingEnabled: Bool { flag("Logging", "EnableLogging") ?? false }

    /// The severity of a log component; nil where it is not said.
    public func severity(of component: String) -> String? {
        let components = json["Logging"]?["LogComponents"]?.elements ?? []
        return components.first { $0["Id"]?.word == component }?["Severity"]?.word
    }

    private func flag(_ section: String, _ key: String) -> Bool? { json[section]?[key]?.truthValue }

    private func setting(_ section: String, _ key: String, or usual: Int) -> Setting<Int> {
        guard let value = json[section]?.present(key) else { return .byDefault(usual) }
        return value.integerOrDigits.map { .written($0) } ?? .unreadable
    }

    private func number(_ section: String, _ key: String) -> Int? {
        json[section]?[key]?.integerOrDigits
    }
}

/// Why bytes are no task settings.
public enum SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    case invalidJSON(JSONError)
    case noObject

    /// What is wrong, to follow the file's name.
    public var description: String {
        switch self {
        case .invalidJSON(let error): "task settings are not JSON: \(error)"
        case .noObject: "task settings are not a JSON object"
        }
    }

    /// What AWS answers to the same file.
    public var awsMessage: String { "Invalid task settings JSON" }
}
