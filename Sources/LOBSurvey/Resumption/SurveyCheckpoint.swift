public import LOBProfile

/// What a survey needs, besides its profile, to go on where another one was stopped.
public struct SurveyCheckpoint: Codable, Sendable {
    /// Version of this shape; a reader refuses another one.
    public static let currentFormat = 4

    /// The version of the shape that was read.
    public let format: Int
    /// How the survey measured.
    public let options: PlanOptions
    /// What it looked at.
    public let scope: Scope
    let tables: [TableCheckpoint]
    /// What some blocks told before the plan was made, by the table's OID.
    let probes: [UInt32: TextProbe]
    /// What was finished, where the survey was still running; nil where it has ended, and its profile stands by itself.
    public var profile: Profile?
}

/// A survey's profile, and what another one needs to go on; nil where nothing is left.
public struct SurveyOutcome: Sendable {
    public let profile: Profile
    public let checkpoint: SurveyCheckpoint?
    /// What was read of finished shards, for another survey to read what changed since; empty of other surveys.
    var finished: [TableCheckpoint] = []
}

/// A survey that was stopped, for another one to go on.
public struct Resumption: Sendable {
    /// What it has finished.
    public let profile: Profile
    /// What it has begun.
    public let checkpoint: SurveyCheckpoint

    /// Creates a resumption.
    public init(profile: Profile, checkpoint: SurveyCheckpoint) {
        self.profile = profile
        self.checkpoint = checkpoint
    }

    /// Checks that a survey measures the same in the same way.
    ///
    /// - Throws: `SurveyError.cannotResume` that names the first difference.
    func check(_ options: SurveyOptions, _ catalog: Catalog) throws(SurveyError) {
        let (old, new) = (checkpoint.options, options.plan)
        if checkpoint.format != SurveyCheckpoint.currentFormat {
            throw .cannotResume(difference: "it was written by another version of lobscope")
        }
        if profile.database != catalog.database {
            throw .cannotResume(difference: "it is of database \"\(profile.database.losslessText)\"")
        }
        if let mine = profile.server.systemIdentifier, let other = catalog.server.systemIdentifier,
            mine != other
        {
            throw .cannotResume(difference: "it is of another server")
        }
        if old.method != new.method {
            throw .cannotResume(difference: "it was begun with --method \(old.method.rawValue)")
        }
        if old.sample != new.sample {
            let sample = old.sample
            let percent = Int(exactly: sample.percent).map { "\($0)" } ?? "\(sample.percent)"
            throw .cannotResume(
                difference: "it was begun with --sample-by \(sample.method.rawValue) --sample-percent"
                    + " \(percent)% --seed \(sample.seed)")
        }
        // Keys that it tells would be carried over.
        if let names = old.jsonKeys, names != new.jsonKeys {
            throw .cannotResume(
                difference: "it was begun with --json-keys\(names == .hashed ? " --redact-keys" : "")")
        }
        if checkpoint.scope != options.scope {
            throw .cannotResume(
                difference: "it was begun with other values of --schema, --table or --exclude-table")
        }
    }

    /// The profiles of tables that were finished, by OID.
    var finished: [UInt32: TableProfile] {
        let open = Set(profile.unmeasured.compactMap(\.relation))
        let tables = profile.tables.filter { !open.contains($0.relation.name) }
        return Dictionary(tables.map { ($0.relation.oid, $0) }) { first, _ in first }
    }

    /// What was begun, by the table's OID.
    var begun: [UInt32: TableCheckpoint] {
        Dictionary(checkpoint.tables.map { ($0.relation.oid, $0) }) { first, _ in first }
    }
}

extension TableProfile {
    /// Whether it answers all that a new plan asks, of a table that has not changed since.
    func answers(_ plan: TablePlan) -> Bool {
        guard relation.isSameFile(as: plan.relation), relation.blocks == plan.relation.blocks else {
            return false
        }
        let methods = Dictionary(
            columns.compactMap { column in
                column.measurement.map { (column.column.number, $0.method) }
            }
        ) { first, _ in first }
        // A first look is no answer where every row was to be read.
        return plan.columns.allSatisfy { column in
            methods[column.column.number].map { $0 == column.method || !$0.isLook } ?? false
        }
    }
}
