public import ArgumentParser
public import LOBAdvice

/// What tasks there are to be, and where they write to.
struct DeploymentOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "One task for each slot: pglogical reads the replication sets of the source, auto proposes up to four "
                + "groups, FILE is YAML with slots and their tables.",
            valueName: "pglogical|auto|file"))
    var slots: SlotChoice?

    @Option(
        help: ArgumentHelp(
            "The LSN from which the tasks read changes, such as 16/B374D848; not earlier than the position that a slot has "
                + "confirmed. Without it, the files have a variable to fill in.",
            valueName: "lsn"))
    var cdcStart: LogPosition?

    @Option(
        help:
            "The output plugin of the source endpoints: pglogical or test_decoding. (default: pglogical with slots, else DMS's choice)"
    )
    var plugin: OutputPlugin?

    @Option(help: "The engine that the tasks write to; its limits become findings.")
    var target: TargetEngine?

    @Flag(
        inversion: .prefixedNo,
        help:
            "Whether the target checks foreign keys while changes are applied; batches violate them. (default: yes for relational engines)"
    )
    var targetForeignKeys: Bool?

    @Option(
        help: ArgumentHelp(
            "Memory of the replication instance, such as 16GiB; CommitRate is chosen to fit it.",
            valueName: "size"),
        transform: MemorySize.argument)
    var instanceMemory: MemorySize?

    /// Wishes of these options over others; nil where there is none at all.
    ///
    /// - Throws: `CommandFailure` for a start that DMS refuses because a slot is beyond it.
    func deployment(
        over stored: Deployment?, slots assigned: SlotAssignment?
    ) throws(CommandFailure) -> Deployment? {
        let isSilent =
            assigned == nil && cdcStart == nil && target == nil && instanceMemory == nil && plugin == nil
            && targetForeignKeys == nil
        guard !isSilent else { return stored }
        var deployment = stored ?? Deployment()
        deployment.slots = assigned ?? deployment.slots
        deployment.cdcStart = cdcStart?.text ?? deployment.cdcStart
        deployment.plugin = plugin ?? deployment.plugin
        deployment.targetChecksForeignKeys = targetForeignKeys ?? deployment.targetChecksForeignKeys
        deployment.target = target ?? deployment.target
        deployment.instanceMemory = instanceMemory?.size ?? deployment.instanceMemory
        if let (slot, position) = deployment.slotBeyondStart {
            throw CommandFailure(
                "--cdc-start \(deployment.cdcStart ?? ""): slot \"\(slot.losslessText)\" has confirmed \(position), and DMS refuses "
                    + "an earlier start\nhint: choose a position from \(position) on")
        }
        return deployment
    }
}

/// `--slots`.
enum SlotChoice: ExpressibleByArgument, Equatable {
    case pglogical, auto
    case file(String)

    /// nil for an empty text.
    init?(argument: String) {
        switch argument {
        case "": return nil
        case "pglogical": self = .pglogical
        case "auto": self = .auto
        default: self = .file(argument)
        }
    }
}

/// A position in the write-ahead log as PostgreSQL writes it: `16/B374D848`.
struct LogPosition: ExpressibleByArgument {
    /// The position.
    let text: String

    /// nil for text of another form.
    init?(argument: String) {
        guard LSN(argument) != nil else { return nil }
        text = argument
    }
}

extension TargetEngine: ExpressibleByArgument {}
extension OutputPlugin: ExpressibleByArgument {}
