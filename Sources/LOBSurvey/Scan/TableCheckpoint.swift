import LOBProfile
import Synchronization

/// A table whose measuring was begun and not finished: what was read of it, and what is left.
struct TableCheckpoint: Codable, Sendable {
    let relation: Relation
    let methods: [Method]
    /// How its sample is drawn.
    let design: SampleDesign
    let isChunked: Bool
    let progress: Progress
    /// When the survey began that read the first of it, in seconds since 1970.
    let measuredAt: Int64
    let moments: Moments

    /// The moments that it was read in so far.
    struct Moments: Codable, Sendable {
        let first: SeenMoment
        /// How many snapshots, 1 or more.
        let snapshots: Int
        let heldSeconds: Double
    }

    /// A column with the way in which it is measured.
    struct Method: Codable, Hashable {
        let number: Int16
        let method: MeasuringMethod

        init(_ plan: TablePlan.ColumnPlan) {
            number = plan.column.number
            method = plan.method
        }
    }

    /// What is left, and what was found.
    struct Progress: Codable, Sendable {
        var tasks: [ScanTask]
        var nextBlock = 0
        /// The next block whose changes are read.
        var nextChange = Int.max
        var columns: [ColumnScan]
        /// Whether a json value of which the stored size was read is compressed by lz4; nil where that is not known.
        var usesLZ4: Bool?
        /// How the values of ``TableScan/storageColumns`` are stored; nil until that was looked at.
        var storedForms: [StoredForm]?
        /// Blocks of the sample, and how many of them were handed out.
        var drawn: [UInt32] = []
        var nextDrawn = 0
        /// Blocks of the sample that could not be read.
        var unreadSample = 0
        /// Whether the scan for the tail has begun, after the sample that says where it begins.
        var hasBegunScanning = false
        var sample = SampleAccumulator()
        /// What was seen outside of the rows; nil where nothing was.
        var toast: ToastTally?
        var rows = 0
        /// Row versions that the first snapshot had not seen and that were read in addition.
        var changedVersions = 0
        var missesRows = false
        /// Whether the scan was ended before its end.
        var isCutShort = false
        /// What could not be read of all columns.
        var failures: [Unmeasured] = []
        /// Time that reading took, on all connections together.
        var busySeconds = 0.0
    }

    /// Whether a table of a new plan is the same, so that reading can be resumed where it was stopped.
    ///
    /// What was written into blocks that were read, and behind the old end, is found by the pass over what changed; of a table
    /// that has shrunk less is read anew than would be counted in vain.
    func fits(_ plan: TablePlan, isChunked: Bool) -> Bool {
        // What stood in a catalog then cannot be caught up with: only row versions are.
        !plan.columns.contains { $0.column.hasTextOfCatalog || $0.method == .bound }
            && relation.isSameFile(as: plan.relation) && methods == plan.columns.map(Method.init)
            && self.isChunked == isChunked && design == (plan.histogramSample ?? plan.sample)
            && (progress.drawn.isEmpty || relation.blocks == plan.relation.blocks)
            && (relation.blocks <= plan.relation.blocks || progress.nextBlock < plan.relation.blocks)
    }
}

extension Relation {
    /// Whether another catalog speaks of the same stored table with the same columns.
    func isSameFile(as other: Relation) -> Bool {
        oid == other.oid && fileNode == other.fileNode && kind == other.kind && name == other.name
            && hasSameColumns(as: other)
    }

    /// Whether another catalog has the same columns of it, those that need not be measured among them.
    func hasSameColumns(as other: Relation) -> Bool {
        census == other.census && columns.count == other.columns.count
            && zip(columns, other.columns).allSatisfy {
                $0.number == $1.number && $0.typeOID == $1.typeOID && $0.name == $1.name
                    && $0.declaredLength == $1.declaredLength
            }
    }
}

extension Column {
    /// OIDs below are those of the server's own types (`FirstNormalObjectId`).
    private static let firstOfUsers: UInt32 = 16_384
    /// regprocedure, and arrays of types whose text is a name in the catalog: regproc, regprocedure, regoper, regoperator, regclass,
    /// regtype, regconfig, regdictionary, regnamespace, regrole, regcollation.
    private static let namesOfCatalog: Set<UInt32> = [
        2202, 1008, 2207, 2208, 2209, 2210, 2211, 3735, 3770, 4090, 4097, 4192,
    ]

    /// Whether the text of a value may change without a new version of its row: labels of enums, attributes of composite types,
    /// names of what reg types refer to.
    var hasTextOfCatalog: Bool {
        switch family {
        case .array, .composite, .range, .unlisted:
            typeOID >= Self.firstOfUsers || Self.namesOfCatalog.contains(typeOID)
        default: false
        }
    }
}

extension TreeScan {
    /// What was read and what is left of each of its tables, for another survey to resume.
    func checkpoints(startedAt: Int64) -> [TableCheckpoint] {
        guard let moments = checkpoint else { return [] }
        return scans.compactMap { $0.checkpoint(startedAt: startedAt, moments) }
    }
}

extension TableScan {
    /// Whether somebody reads a part of it.
    var isBeingRead: Bool { state.withLock { $0.inFlight > 0 } }

    /// What was read and what is left; the last one that could be made where somebody is at work, nil where nothing was read
    /// or all is lost.
    func checkpoint(startedAt: Int64, _ moments: TableCheckpoint.Moments) -> TableCheckpoint? {
        state.withLock { state in
            guard !state.hasGivenUp else { return nil }
            guard state.inFlight == 0, state.busySeconds > 0 else { return state.lastCheckpoint }
            for index in state.columns.indices { state.progress.columns[index].fold() }
            var progress = state.progress
            // A pass over what changed, and the second phase, begin anew in another moment.
            if progress.nextBlock >= max(1, plan.relation.blocks), progress.nextDrawn >= progress.drawn.count
            {
                progress.tasks.removeAll { $0.isOfLaterStage }
            }
            progress.nextChange = .max
            let checkpoint = TableCheckpoint(
                relation: plan.relation, methods: plan.columns.map(TableCheckpoint.Method.init),
                design: design, isChunked: isChunked, progress: progress,
                measuredAt: measuredAt ?? startedAt, moments: moments)
            state.lastCheckpoint = checkpoint
            return checkpoint
        }
    }
}

extension ScanTask {
    /// Whether it comes after every row was read once.
    fileprivate var isOfLaterStage: Bool {
        switch self {
        case .changes, .fetch, .emptiness: true
        case .chunk, .wholeTable, .sample, .blocks, .storage, .toastFacts, .toast: false
        }
    }
}
