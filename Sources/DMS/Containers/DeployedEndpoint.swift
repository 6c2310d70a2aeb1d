/// What a source endpoint says of LOBs and slots.
public struct DeployedEndpoint: Hashable, Sendable {
    /// `FailTasksOnLobTruncation`: whether its tasks stop instead of cutting a LOB; AWS's default is false.
    public let failsTasksOnLOBTruncation: Bool
    /// `unboundedVarcharMaxSize`, in bytes: where varchar columns without a length are cut; nil for AWS's default, 8,000.
    public let unboundedVarcharMaxSize: ByteCount?
    /// `SlotName`; nil where DMS makes its own.
    public let slot: Identifier?
    /// `PluginName`; nil where DMS chooses.
    public let plugin: OutputPlugin?
    /// Whether this is what an endpoint that is made elsewhere is to have, rather than what one has.
    public let isProposed: Bool

    /// Creates an endpoint.
    public init(
        failsTasksOnLOBTruncation: Bool, unboundedVarcharMaxSize: ByteCount? = nil, slot: Identifier? = nil,
        plugin: OutputPlugin? = nil, isProposed: Bool = false
    ) {
        self.plugin = plugin
        self.failsTasksOnLOBTruncation = failsTasksOnLOBTruncation
        self.unboundedVarcharMaxSize = unboundedVarcharMaxSize
        self.slot = slot
        self.isProposed = isProposed
    }

    /// Reads settings, extra connection attributes, or both; where both say something, the attributes do.
    ///
    /// The names of attributes are compared without regard to the case of ASCII letters.
    ///
    /// - Parameters:
    ///   - settings: the value of `PostgreSQLSettings`, or of Terraform's `postgres_settings`.
    ///   - attributes: `name=value` pairs between semicolons.
    public init(settings: JSONValue?, attributes: [UInt8] = [], isProposed: Bool = false) {
        var values: [String: [UInt8]] = [:]
        for member in settings?.elements?.first?.objectMembers ?? settings?.objectMembers ?? [] {
            let value =
                member.value.boolValue.map { Array("\($0)".utf8) } ?? member.value.stringBytes
                ?? member.value.integerOrDigits.map { Array("\($0)".utf8) }
            if let value { values[Self.folded(member.key)] = value }
        }
        for pair in attributes.split(whereSeparator: { $0 == 0x3B || $0 == 0x0A || $0 == 0x0D }) {
            let parts = pair.split(separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false).map {
                $0.drop { $0 == 0x20 || $0 == 0x09 }
            }
            guard parts.count == 2, parts[0].first != UInt8(ascii: "#") else { continue }
            let end = parts[1].lastIndex { $0 != 0x20 && $0 != 0x09 }
            values[Self.folded(Array(parts[0]))] = end.map { Array(parts[1][...$0]) } ?? []
        }
        let text = { (name: String) in values[name].map { String(decoding: $0, as: UTF8.self) } }
        let isTrue = ["true", "1", "y", "yes"].contains(
            Self.folded(values["failtasksonlobtruncation"] ?? []))
        self.init(
            failsTasksOnLOBTruncation: isTrue,
            unboundedVarcharMaxSize: text("unboundedvarcharmaxsize").flatMap(Int64.init).flatMap {
                $0 > 0 ? ByteCount($0) : nil
            },
            slot: values["slotname"].flatMap { $0.isEmpty ? nil : Identifier(bytes: $0) },
            plugin: text("pluginname").flatMap(OutputPlugin.init(settingsName:)), isProposed: isProposed)
    }

    /// The letters and digits of a name, letters small: AWS's keys, Terraform's and attributes differ in no more.
    private static func folded(_ name: [UInt8]) -> String {
        let kept = name.compactMap { byte -> UInt8? in
            switch byte {
            case 0x41...0x5A: byte | 0x20
            case 0x61...0x7A, 0x30...0x39: byte
            default: nil
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }
}

extension EndpointSettings {
    /// The settings as they read in a file, for an endpoint that is made elsewhere.
    public var proposed: DeployedEndpoint {
        DeployedEndpoint(
            failsTasksOnLOBTruncation: failsTasksOnLOBTruncation,
            unboundedVarcharMaxSize: unboundedVarcharMaxSize, slot: slot.flatMap { $0.isSlotName ? $0 : nil },
            plugin: plugin, isProposed: true)
    }
}

/// Source endpoints as they are described: by AWS, in templates and plans, or in files for those who make them.
public struct EndpointDescription: Hashable, Sendable {
    /// Its ARN; nil where the file does not say.
    public let arn: [UInt8]?
    public let endpoint: DeployedEndpoint

    /// The source endpoint that an object describes; nil for a target, and for what is no endpoint.
    init?(_ json: JSONValue) {
        let keys = Keys.all.first { json[$0.type] != nil }
        guard let keys, json[keys.type]?.word?.lowercased() == "source",
            json[keys.engine]?.word?.lowercased().contains("postgres") ?? true
        else { return nil }
        let settings = keys.settings.lazy.compactMap { json.present($0) }.first
        let values = [settings, json[keys.attributes]] + (settings?.objectMembers ?? []).map(\.value)
        // What a template puts together when it is deployed is not known.
        guard !values.contains(where: { $0?.isMadeElsewhere ?? false }) else { return nil }
        arn = json[keys.arn]?.stringBytes
        endpoint = DeployedEndpoint(
            settings: settings, attributes: json[keys.attributes]?.stringBytes ?? [])
    }

    /// Settings in a file of their own, as `--postgre-sql-settings` takes them; nil where no key is one of them.
    init?(settings json: JSONValue) {
        let members = json.objectMembers ?? []
        let names = ["FailTasksOnLobTruncation", "SlotName", "PluginName"]
        guard members.contains(where: { member in names.contains { member.key.elementsEqual($0.utf8) } })
        else { return nil }
        arn = nil
        endpoint = DeployedEndpoint(settings: json, isProposed: true)
    }

    /// Extra connection attributes in a file of their own, for an endpoint that is made elsewhere.
    public init(attributes: [UInt8]) {
        arn = nil
        endpoint = DeployedEndpoint(settings: nil, attributes: attributes, isProposed: true)
    }

    /// What an endpoint that is made elsewhere needs, as our CloudFormation templates say it.
    init?(needed json: JSONValue) {
        guard json.objectMembers != nil else { return nil }
        arn = nil
        endpoint = DeployedEndpoint(
            settings: json["PostgreSqlSettings"],
            attributes: json["ExtraConnectionAttributes"]?.stringBytes ?? [], isProposed: true)
    }

    /// How the members of an endpoint are called where it stands.
    private struct Keys {
        let type: String
        let engine: String
        let arn: String
        let settings: [String]
        let attributes: String

        /// The DMS API and CloudFormation (which spells one differently), and Terraform.
        static let all = [
            Keys(
                type: "EndpointType", engine: "EngineName", arn: "EndpointArn",
                settings: ["PostgreSQLSettings", "PostgreSqlSettings"],
                attributes: "ExtraConnectionAttributes"),
            Keys(
                type: "endpoint_type", engine: "engine_name", arn: "endpoint_arn",
                settings: ["postgres_settings"],
                attributes: "extra_connection_attributes"),
        ]
    }

    /// Whether an object is an endpoint of either kind.
    static func isOne(_ json: JSONValue) -> Bool { Keys.all.contains { json[$0.type]?.word != nil } }
}
