import LOBProfile

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
        var pieces: [TableScan.Piece]
        var nextBlock = 0
        var scanned: [PackedAccumulator]
        /// The same columns in the last blocks; empty where they are not counted by themselves.
        var recent: [PackedAccumulator] = []
        var measured: [ColumnAccumulator]
        /// The same rows as far as they are in the last blocks; nil where those are not counted by themselves.
        var recentMeasured: [ColumnAccumulator]?
        /// Whether a json value of which the stored size was read is compressed by lz4; nil where that is not known.
        var usesLZ4: Bool?
        /// How the values of ``TableScan/storageColumns`` are stored; nil until that was looked at.
        var storedForms: [StoredForm]?
        var hasBegunFetching = false
        /// Blocks of the sample, and how many of them were handed out.
        var drawn: [UInt32] = []
        var nextDrawn = 0
        /// Blocks of the sample that could not be read.
        var unreadSample = 0
        /// Whether the scan for the tail has begun, after the sample that says where it begins.
        var hasBegunScanning = false
        var sample = SampleAccumulator()
        var rows = 0
        /// For each column of the complete scan the blocks with a value that could not be read.
        var unreadBlocks: [Set<Int>]
        var missesRows = false
        /// Rows of the second phase that could not be read, by column.
        var unreadRows: [Int: Int] = [:]
        var failures: [Unmeasured] = []
        /// Time that reading took, on all connections together.
        var busySeconds = 0.0
    }

    /// Whether a table of a new plan is the same, so that reading can go on where it was stopped.
    ///
    /// A table that has grown can be read on as long as its old end was not reached; what was written into blocks
    /// that were read is not seen, as in any scan by chunks.
    func fits(_ plan: TablePlan, isChunked: Bool) -> Bool {
        relation.isSameFile(as: plan.relation) && methods == plan.columns.map(Method.init)
            && self.isChunked == isChunked && design == (plan.histogramSample ?? plan.sample)
            && (progress.drawn.isEmpty || relation.blocks == plan.relation.blocks)
            && (relation.blocks == plan.relation.blocks
                || progress.nextBlock < min(relation.blocks, plan.relation.blocks))
    }
}

extension Relation {
    /// Whether another catalog speaks of the same stored table with the same columns.
    func isSameFile(as other: Relation) -> Bool {
        oid == other.oid && fileNode == other.fileNode && kind == other.kind && name == other.name
            && columns.count == other.columns.count
            && zip(columns, other.columns).allSatisfy {
                $0.number == $1.number && $0.typeOID == $1.typeOID && $0.name == $1.name
            }
    }
}
