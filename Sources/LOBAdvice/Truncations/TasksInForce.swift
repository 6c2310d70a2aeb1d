/// The tasks that a log is of, by their deployed files: what each does with a table, and what the table is called on the target.
public struct TasksInForce: Sendable {
    /// What one task does with one table.
    public struct Deployed: Sendable, Equatable {
        /// The task's name; nil where its file gives none.
        public let task: String?
        /// Mode and limit, and what decides them.
        public let lobs: EffectiveLOBs

        /// How they stand to a value that was cut.
        public enum Standing: Hashable, Sendable {
            /// This limit is the one that cut it.
            case cut(Kibibytes)
            /// Another limit, which holds the value now or does not: these files were not in force then.
            case changed(Kibibytes, holds: Bool)
            /// Nothing is cut under these files, which were not in force then.
            case unlimited
            /// LOB columns are not migrated under these files.
            case leftOut
            /// The files do not say.
            case unknown
        }

        /// How it stands to a value that needs some KiB and was cut at a limit in bytes.
        ///
        /// - Parameter isLeast: whether it may need more, as some lengths are not known.
        public func standing(cutAt limit: ByteCount, needed: Kibibytes, isLeast: Bool = false) -> Standing {
            switch lobs.treatment {
            case .limited(let own) where own.bytes == limit: .cut(own)
            case .limited(let own): .changed(own, holds: own >= needed && !isLeast)
            case .unlimited: .unlimited
            case .leftOut: .leftOut
            case .unknown: .unknown
            }
        }
    }

    private struct Task {
        let name: String?
        /// What it migrates, in the order of the profile.
        let tables: [RelationName]
        let lobs: [RelationName: EffectiveLOBs]
        /// Names on the target, for tables that have others there.
        let targetNames: [RelationName: [RelationName]]
    }

    private let tasks: [Task]
    private let sourcesByTarget: [RelationName: [RelationName]]

    /// Evaluates deployed tasks over a profile.
    public init(_ deployed: [DeployedTask], of profile: Profile) {
        let target = profile.deployment?.target ?? .postgres
        tasks = deployed.map { task in
            let model = TaskModel(task, target: target)
            let names = TargetNames(task.mapping)
            let treated = profile.tables.filter(\.relation.kind.isMigratable).compactMap {
                TreatedTable($0, under: model)
            }
            let tables = treated.map(\.table.relation.name)
            let renamed = names.isEmpty ? [] : tables.map { ($0, names.names(of: $0)) }.filter { $1 != [$0] }
            return Task(
                name: task.name, tables: tables,
                lobs: Dictionary(treated.map { ($0.table.relation.name, $0.lobs) }) { first, _ in first },
                targetNames: Dictionary(renamed) { first, _ in first })
        }
        let named = tasks.flatMap { task in
            task.tables.flatMap { table in (task.targetNames[table] ?? [table]).map { ($0, table) } }
        }
        sourcesByTarget = Dictionary(grouping: named, by: \.0).mapValues { Set($0.map(\.1)).sorted() }
    }

    /// What the tasks do with a table; empty where none migrates it.
    public func deployed(for relation: RelationName) -> [Deployed] {
        tasks.compactMap { task in task.lobs[relation].map { Deployed(task: task.name, lobs: $0) } }
    }

    /// What they do with a table whose value was cut at a limit: what cut it comes before other tasks.
    func deployed(for relation: RelationName, cutAt limit: ByteCount) -> Deployed? {
        let all = deployed(for: relation)
        return all.first { $0.lobs.limit?.bytes == limit } ?? all.first
    }

    /// The tables of the source that a table of the target may come from.
    func sources(of target: RelationName) -> [RelationName] { sourcesByTarget[target] ?? [] }

    /// One restart for each task that migrates a cut table, in the order of the files.
    func restarts(after cut: [RelationName]) -> [PartialRestart] {
        tasks.compactMap { task in
            let own = cut.filter { task.lobs[$0] != nil }
            guard !own.isEmpty else { return nil }
            return PartialRestart(
                slot: nil, task: task.name, tables: task.tables.sorted(), cutTables: own.sorted(),
                targetNames: task.targetNames)
        }
    }
}
