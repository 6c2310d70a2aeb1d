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

    /// Creates settings.
    public init(failsTasksOnLOBTruncation: Bool, slot: Identifier? = nil) {
        self.failsTasksOnLOBTruncation = failsTasksOnLOBTruncation
        self.slot = slot
    }

    /// The settings that go with the recommended tables: a task must stop where a table is limited whose
    /// values must not be cut.
    public init(tables: [TableRecommendation], slot: Identifier? = nil) {
        self.init(
            failsTasksOnLOBTruncation: tables.contains {
                $0.isMigrated && $0.mode == .limited && !$0.isTruncationOK
            },
            slot: slot)
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

    /// The same as extra connection attributes, in the spelling of the DMS user guide: one line.
    public var extraConnectionAttributes: String {
        var parts =
            slot.map { slot in
                // A semicolon in a name would begin another attribute.
                ["PluginName=PGLOGICAL"] + (slot.isSlotName ? ["slotName=\(slot.losslessText)"] : [])
            } ?? []
        if failsTasksOnLOBTruncation { parts.append("FailTasksOnLobTruncation=true") }
        return parts.joined(separator: ";")
    }

    /// The settings as a file.
    public var jsonBytes: [UInt8] { json.prettyBytes }
}
