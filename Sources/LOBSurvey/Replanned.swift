import LOBProfile
import PostgreSQLClient

/// What is planned once more at the end: tables that were rewritten or altered while they were read, or got other columns
/// before, partitions that were attached meanwhile, unlogged tables that a crash emptied.
struct Replanned: Sendable {
    let plan: Plan
    /// What was found impossible of them.
    let unmeasured: [Unmeasured]
    /// Tables that are there no more, or whose rows are not, with what was noticed.
    let gone: [(relation: Relation, reason: Unmeasured.Reason)]
    /// Logical tables of which a part is not measured, by their OID.
    let partial: Set<UInt32>
    /// The relations of the new catalog that stand for the old ones.
    private let relations: [Relation]
    private let replaced: Set<UInt32>

    /// Looks at the catalog again where something changed; nil where nothing did, or nobody can look.
    static func look(
        _ survey: Survey, _ prepared: Survey.Prepared, _ changed: [TreeScan], _ results: SurveyResults
    ) -> Replanned? {
        let old = prepared.catalog.relations
        guard let now = seen(prepared) else { return nil }
        let hasRestarted = now.server != prepared.begin.server
        let unlogged = hasRestarted ? old.filter { $0.isUnlogged == true } : []
        let altered = old.filter { now.altered.contains($0.oid) }
        guard
            !changed.isEmpty || !unlogged.isEmpty || !altered.isEmpty
                || now.inheritance != prepared.inheritance, let whole = catalog(survey, prepared)
        else { return nil }
        prepared.session.preamble.code?.renew(whole.codeOfOthers, since: now.horizon)
        let scoped = survey.options.scope.part(of: whole)
        let trees =
            changed.flatMap { $0.scans.map(\.plan.relation.treeOID) } + unlogged.map(\.treeOID)
            + attached(to: Set(prepared.plan.tables.map(\.relation.treeOID)), scoped, prepared.known)
            + withOtherColumns(than: altered, scoped).map(\.treeOID)
        guard !trees.isEmpty else { return nil }
        let reasons = changed.flatMap(\.scans).compactMap { scan in
            scan.givenUp.map { (scan.plan.relation.oid, $0) }
        }
        let replanned = Replanned(
            survey, prepared, Set(trees), (scoped, whole), Dictionary(reasons) { first, _ in first })
        results.remove(replanned.replaced)
        return replanned
    }

    /// Logical tables that have parts which were not theirs before, and those that the parts were then; also partitioned
    /// tables of which nothing was planned, as those without a partition.
    private static func attached(
        to trees: Set<UInt32>, _ catalog: Catalog, _ known: [UInt32: UInt32]
    ) -> [UInt32] {
        catalog.relations.filter { relation in
            (trees.contains(relation.treeOID) || relation.root != nil)
                && known[relation.oid] != relation.treeOID
        }.flatMap { [$0.treeOID, known[$0.oid]].compactMap(\.self) }
    }

    /// Relations that have other columns than before: what was planned of them is not all there is.
    private static func withOtherColumns(than altered: [Relation], _ catalog: Catalog) -> [Relation] {
        let old = Dictionary(altered.map { ($0.oid, $0) }) { first, _ in first }
        return catalog.relations.filter { relation in
            old[relation.oid].map { !$0.hasSameColumns(as: relation) } ?? false
        }
    }

    /// Relations that got other columns since the plan, by the names that they have now, where there is no time to measure
    /// them again.
    static func altered(_ survey: Survey, _ prepared: Survey.Prepared) -> [Relation] {
        guard let now = seen(prepared) else { return [] }
        let altered = prepared.catalog.relations.filter { now.altered.contains($0.oid) }
        guard !altered.isEmpty, let whole = catalog(survey, prepared) else { return [] }
        return withOtherColumns(than: altered, survey.options.scope.part(of: whole))
    }

    private init(
        _ survey: Survey, _ prepared: Survey.Prepared, _ trees: Set<UInt32>,
        _ catalogs: (scoped: Catalog, whole: Catalog), _ reasons: [UInt32: Unmeasured.Reason]
    ) {
        let before = prepared.catalog.relations.filter { trees.contains($0.treeOID) }
        let names = Set(before.map(\.name))
        let oids = Set(before.map(\.oid))
        // The same tables, whatever they are called now, and others that have their names.
        let found = catalogs.scoped.relations.filter {
            oids.contains($0.oid) || trees.contains($0.treeOID) || names.contains($0.name)
        }
        let claimed = Set(before.filter(\.claimsRows).map(\.oid))
        let emptied = found.filter { $0.isUnlogged == true && $0.blocks == 0 && claimed.contains($0.oid) }
        let lost = Set(emptied.map(\.oid))
        relations = found.filter { !lost.contains($0.oid) }
        replaced = oids.union(found.map(\.oid))
        let present = Set(found.map(\.oid))
        let taken = Set(found.map(\.name))
        gone =
            before.filter { !present.contains($0.oid) && !taken.contains($0.name) }.map {
                ($0, reasons[$0.oid] ?? .dropped)
            } + emptied.map { ($0, .emptied) }
        plan = survey.plan(
            Catalog(
                database: catalogs.scoped.database, server: catalogs.scoped.server, relations: relations),
            prepared.rates, prepared.readers)
        unmeasured = plan.unmeasurable
        partial = Survey.partial(catalogs.whole, plan)
    }

    /// The catalog with the new relations instead of the old ones; those that are gone stay, to be listed.
    func catalog(instead old: Catalog) -> Catalog {
        Catalog(
            database: old.database, server: old.server,
            relations: old.relations.filter { !replaced.contains($0.oid) } + relations + gone.map(\.relation))
    }

    private static func catalog(_ survey: Survey, _ prepared: Survey.Prepared) -> Catalog? {
        var session = prepared.session
        return try? prepared.session.withConnection { (connection) throws(PostgreSQLError) in
            try survey.readCatalog(&connection, of: &session)
        }
    }

    /// What the end of a survey sees.
    private struct Seen {
        let server: ServerIdentity
        /// As ``SeenMoment/horizon``.
        let horizon: UInt64
        /// As ``Survey/Prepared/inheritance``.
        let inheritance: Int64
        /// Relations whose columns may have changed, by OID.
        let altered: Set<UInt32>
    }

    private static func seen(_ prepared: Survey.Prepared) -> Seen? {
        let session = prepared.session
        let statements = [
            MomentQuery(serverVersion: session.serverVersion).statement,
            Statement(CatalogSQL.inheritanceDigest),
            Statement(CatalogSQL.alteredRelations(since: prepared.begin.horizon)),
        ]
        return try? session.withConnection { (connection) throws(PostgreSQLError) in
            var (answer, inheritance, altered): (MomentQuery.Answer?, Int64, Set<UInt32>) = (nil, 0, [])
            try ReadTransaction(session.preamble).run(statements, over: &connection) {
                (statement: Int, row: borrowing Row) throws(PostgreSQLError) in
                switch statement {
                case 0: answer = try MomentQuery.Answer(row)
                case 1: inheritance = try row.int64(0)
                default: altered.insert(try row.uint32(0))
                }
            }
            guard let answer else { throw .protocolViolation("no row about the moment") }
            return Seen(
                server: answer.server, horizon: answer.horizon, inheritance: inheritance, altered: altered)
        }
    }
}
