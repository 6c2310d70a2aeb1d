public import SizeStatistics

/// How the tasks are to be set up, beyond sizes; stored with the profile so that a report can be made again.
public struct Deployment: Sendable, Codable, Equatable {
    /// The slots; nil for one task without a slot of its own.
    public var slots: SlotAssignment?
    /// `--cdc-start`: where changes begin, such as `16/B374D848`; nil where nobody has said it: it is never guessed.
    public var cdcStart: String?
    public var target: TargetEngine
    /// `--instance-memory`: memory of the replication instance; nil where it is not known.
    public var instanceMemory: ByteCount?
    /// `--plugin`: the output plugin of the source endpoints; nil where it is left to the slots, or to DMS.
    public var plugin: OutputPlugin?
    /// `--target-foreign-keys`: whether the target checks foreign keys while changes are applied; nil where nobody has said it.
    public var targetChecksForeignKeys: Bool?

    /// Creates the options; the defaults are those of the command.
    public init(
        slots: SlotAssignment? = nil, cdcStart: String? = nil, target: TargetEngine = .postgres,
        instanceMemory: ByteCount? = nil, plugin: OutputPlugin? = nil,
        targetChecksForeignKeys: Bool? = nil
    ) {
        self.targetChecksForeignKeys = targetChecksForeignKeys
        self.plugin = plugin
        self.slots = slots
        self.cdcStart = cdcStart
        self.target = target
        self.instanceMemory = instanceMemory
    }
}

extension Deployment {
    /// The first slot that has confirmed more than where changes are to begin: DMS refuses such a start (DMS user guide,
    /// change data capture from a native start point); nil where there is none.
    public var slotBeyondStart: (slot: Identifier, confirmed: LSN)? {
        guard let start = cdcStart.flatMap({ LSN($0) }) else { return nil }
        return slots?.slots.lazy.compactMap { slot in
            slot.confirmedPosition.flatMap { LSN($0) }.flatMap { $0 > start ? (slot.name, $0) : nil }
        }.first
    }
}
