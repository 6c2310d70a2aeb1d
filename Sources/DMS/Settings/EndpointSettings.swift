/// Settings of the source endpoint that the recommendation asks for: the value of
/// `--postgre-sql-settings`.
public struct EndpointSettings: Hashable, Sendable {
    /// Whether a task stops instead of cutting a LOB.
    ///
    /// It holds for every task of the endpoint, and for tables whose values may be cut too.
    public let failsTasksOnLOBTruncation: Bool
    /// The replication slot that the endpoint's task reads; nil where DMS makes its own.
    ///
    /// An endpoint has one slot, so each slot needs an endpoint of its own.
    public let slot: Identifier?
    /// The output plugin; nil where it is left to DMS.
    public let plugin: OutputPlugin?
    /// Bytes at which values of varchar columns without a length are cut; nil for AWS's default, 8,000.
    ///
    /// It exists as an extra connection attribute only (DMS user guide, PostgreSQL source).
    public let unboundedVarcharMaxSize: ByteCount?

    /// Creates settings.
    public init(
        failsTasksOnLOBTruncation: Bool, slot: Identifier? = nil, plugin: OutputPlugin? = nil,
        unboundedVarcharMaxSize: ByteCount? = nil
    ) {
        self.plugin = plugin ?? (slot == nil ? nil : .pglogical)
        self.failsTasksOnLOBTruncation = failsTasksOnLOBTruncation
        self.slot = slot
        self.unboundedVarcharMaxSize = unboundedVarcharMaxSize
    }

    /// The settings as JSON.
    public var json: JSONValue {
        var members = [
            JSONMember(key: Array("FailTasksOnLobTruncation".utf8), value: .bool(failsTasksOnLOBTruncation))
        ]
        if let slot, slot.isSlotName {
            members.append(JSONMember(key: Array("SlotName".utf8), value: .string(slot.bytes)))
        }
        if let plugin {
            members.append(JSONMember(key: Array("PluginName".utf8), value: .text(plugin.settingsName)))
        }
        return .object(members)
    }

    /// All of them as extra connection attributes, in the spelling of the DMS user guide: one line, never empty.
    public var extraConnectionAttributes: String {
        // A semicolon in a name would begin another attribute.
        let named = slot.flatMap { $0.isSlotName ? "slotName=\($0.losslessText)" : nil }
        return
            ([plugin.map { "PluginName=\($0.attributeName)" }, named].compactMap(\.self) + [
                "FailTasksOnLobTruncation=\(failsTasksOnLOBTruncation)"
            ]
            + [attributesBesideJSON].compactMap(\.self)).joined(separator: ";")
    }

    /// What ``json`` cannot carry, as extra connection attributes; nil where there is nothing.
    public var attributesBesideJSON: String? {
        unboundedVarcharMaxSize.map { "unboundedVarcharMaxSize=\($0.bytes)" }
    }

    /// The settings as a file.
    public var jsonBytes: [UInt8] { json.prettyBytes }
}
