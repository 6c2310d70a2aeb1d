/// Settings of the source endpoint that the recommendation asks for: the value of
/// `--postgre-sql-settings`.
public struct EndpointSettings: Hashable, Sendable {
    /// Whether a task stops instead of cutting a LOB.
    ///
    /// It holds for every task of the endpoint, and for tables whose values may be cut too.
    public let failsTasksOnLOBTruncation: Bool
    /// The replication slot that the endpoint's task reads by pglogical; nil where DMS makes its own.
    ///
    /// An endpoint has one slot, so each slot needs an endpoint of its own.
    public let slot: Identifier?
    /// Bytes at which values of varchar columns without a length are cut; nil for AWS's default, 8,000.
    ///
    /// It exists as an extra connection attribute only (DMS user guide, PostgreSQL source).
    public let unboundedVarcharMaxSize: ByteCount?

    /// Creates settings.
    public init(
        failsTasksOnLOBTruncation: Bool, slot: Identifier? = nil, unboundedVarcharMaxSize: ByteCount? = nil
    ) {
        self.failsTasksOnLOBTruncation = failsTasksOnLOBTruncation
        self.slot = slot
        self.unboundedVarcharMaxSize = unboundedVarcharMaxSize
    }

    /// The settings as JSON.
    public var json: JSONValue {
        let fails = JSONValue.bool(failsTasksOnLOBTruncation)
        guard let slot, slot.isSlotName else { return .members(["FailTasksOnLobTruncation": fails]) }
        return .members([
            "FailTasksOnLobTruncation": fails, "SlotName": .string(slot.bytes),
            "PluginName": .text("pglogical"),
        ])
    }

    /// All of them as extra connection attributes, in the spelling of the DMS user guide: one line, never empty.
    public var extraConnectionAttributes: String {
        let ofSlot =
            slot.map { slot in
                // A semicolon in a name would begin another attribute.
                ["PluginName=PGLOGICAL"] + (slot.isSlotName ? ["slotName=\(slot.losslessText)"] : [])
            } ?? []
        return
            (ofSlot + ["FailTasksOnLobTruncation=\(failsTasksOnLOBTruncation)"]
            + [attributesBesideJSON].compactMap(\.self)).joined(separator: ";")
    }

    /// What ``json`` cannot carry, as extra connection attributes; nil where there is nothing.
    public var attributesBesideJSON: String? {
        unboundedVarcharMaxSize.map { "unboundedVarcharMaxSize=\($0.bytes)" }
    }

    /// The settings as a file.
    public var jsonBytes: [UInt8] { json.prettyBytes }
}
