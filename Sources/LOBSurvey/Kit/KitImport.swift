public import LOBProfile
import PostgreSQLClient

/// Makes a profile of the answers to the script of the offline kit.
///
/// What reads a live server does it: the catalog, the plan, the counting, the account.
public struct KitImport: Sendable {
    private let answers: KitAnswers

    /// Reads the file of answers.
    ///
    /// - Throws: `KitError` where it is not whole, or of another version.
    public init(_ bytes: [UInt8]) throws(KitError) {
        answers = try KitAnswers(bytes)
    }

    /// The profile: that of a survey with `--method full` and `--consistent`.
    ///
    /// How values are stored and which columns refer to large objects is not in it.
    ///
    /// - Throws: `KitError` where an answer cannot be read, or a pattern of the scope or the policy matches nothing.
    public func profile(policy: Policy = Policy()) throws(KitError) -> Profile {
        do throws(SurveyError) {
            return try made(policy)
        } catch {
            guard case .postgreSQL(let error) = error else { throw .refused(error.description) }
            throw .unreadable(reason: "\(error)")
        }
    }

    private func made(_ policy: Policy) throws(SurveyError) -> Profile {
        let scope: Scope
        let whole: Catalog
        do throws(PostgreSQLError) {
            scope = try self.scope()
            whole = try self.catalog()
        } catch {
            throw .postgreSQL(error)
        }
        let catalog = try scope.apply(to: whole)
        try Scope.check(policy.truncationOK, of: "--truncation-ok", in: catalog)
        do throws(PostgreSQLError) { return try profile(catalog, scope, policy) } catch {
            throw .postgreSQL(error)
        }
    }

    private func profile(
        _ catalog: Catalog, _ scope: Scope, _ policy: Policy
    ) throws(PostgreSQLError) -> Profile {
        guard
            let moment = try first("moment", { (row) throws(PostgreSQLError) in try MomentQuery.Answer(row) })
        else { throw .protocolViolation("no row about the moment") }
        let options = PlanOptions(method: .full)
        let held = (Double(answers.endedAt ?? moment.takenAt) - Double(moment.takenAt)) / 1e6
        let reading = TableReading(
            certainty: .oneMoment, moment: moment.moment(after: nil), heldSeconds: max(0, held))
        let results = SurveyResults { _ in }
        let plan = Planner(options: options).plan(catalog)
        for entry in plan.unmeasurable { results.add(entry) }
        try addTables(plan, reading, to: results)
        let objects = scope.isWholeDatabase ? try largeObjects(reading, results) : nil
        results.addRest(of: catalog, policy)
        let (tables, unmeasured) = results.accounted(options)
        return Profile(
            lobscopeVersion: Survey.version, database: catalog.database, server: catalog.server,
            startedAt: moment.takenAt / 1_000_000,
            finishedAt: (answers.endedAt ?? moment.takenAt) / 1_000_000, options: options, policy: policy,
            tables: tables, largeObjects: objects, unmeasured: unmeasured,
            impact: ServerImpact(walBytes: nil, includesOtherSessions: true, snapshotSeconds: max(0, held)),
            scope: scope,
            certificate: Certificate(
                serverStartedAt: moment.server.startedAt, snapshotLimit: max(1, held), isOneMoment: true,
                settings: try settings(catalog), replica: moment.replica))
    }

    private func scope() throws(PostgreSQLError) -> Scope {
        var rows: [(option: String, pattern: String)] = []
        try forEach("scope") { (row) throws(PostgreSQLError) in
            rows.append((try row.text(0), try row.text(1)))
        }
        return try Scope(kit: rows)
    }

    /// The catalog, as a live server's answers are read.
    private func catalog() throws(PostgreSQLError) -> Catalog {
        let identifier = try first("systemIdentifier") { (row) throws(PostgreSQLError) in try row.text(0) }
        var reader = CatalogReader(
            serverVersion: answers.serverVersion, systemIdentifier: identifier, isLinkUnverified: nil)
        for part in CatalogPart.allCases where part != .census {
            try forEach(part.rawValue) { (row) throws(PostgreSQLError) in
                try reader.add(row, of: part)
                if part == .columns { try reader.count(row) }
            }
        }
        return try reader.catalog()
    }

    /// The entries of the certificate.
    private func settings(_ catalog: Catalog) throws(PostgreSQLError) -> [PinnedSetting] {
        var texts = TextSettings()
        try forEach("settings") { (row) throws(PostgreSQLError) in
            guard Preamble.OptionalSetting(rawValue: try row.text(0)) == nil else { return }
            try texts.add(row)
        }
        var dependence = TextDependence(catalog, serverVersion: answers.serverVersion)
        try forEach("dependence") { (row) throws(PostgreSQLError) in try dependence.add(row) }
        return texts.pinned(dependence.counts)
    }

    private func addTables(
        _ plan: Plan, _ reading: TableReading, to results: SurveyResults
    ) throws(PostgreSQLError) {
        var unpopulated: Set<UInt32> = []
        try forEach("unpopulated") { (row) throws(PostgreSQLError) in unpopulated.insert(try row.uint32(0)) }
        var changed: Set<UInt32> = []
        try forEach("changed") { (row) throws(PostgreSQLError) in changed.insert(try row.uint32(0)) }
        for table in plan.tables {
            let relation = table.relation
            guard !unpopulated.contains(relation.oid) else {
                results.add(
                    Survey.unmeasuredTable(relation),
                    unmeasured: [Unmeasured(relation: relation.name, reason: .notPopulated)])
                continue
            }
            // Its rows are elsewhere, where the script does not look.
            let isElsewhere = relation.isReadWithDescendants == true || relation.isDistributed == true
            let counted = isElsewhere || changed.contains(relation.oid) ? nil : answers.tables[relation.oid]
            let outcome = (counted ?? KitTable()).profile(of: table, reading)
            results.add(outcome.profile, unmeasured: outcome.unmeasured)
        }
    }
}

/// Large objects.
extension KitImport {
    private func largeObjects(
        _ reading: TableReading, _ results: SurveyResults
    ) throws(PostgreSQLError) -> LargeObjectSummary? {
        let count = try first("objectCount") { (row) throws(PostgreSQLError) in try row.int64(0) }
        guard let count, Int(count) == answers.objects.count else {
            results.add(Unmeasured(relation: nil, reason: .noAnswer))
            return nil
        }
        var tally = LargeObjectTally()
        for object in answers.objects { tally.add(object) }
        let summary = try summary(of: tally, reading)
        guard count > 0 else { return summary }
        if summary.unreadable > 0 {
            results.add(
                Unmeasured(
                    relation: nil, reason: .permissionDenied,
                    detail: "\(summary.unreadable) of \(count) large objects"))
        }
        results.add(Unmeasured(relation: nil, reason: .noAnswer, detail: "columns that refer to them"))
        return summary
    }

    private func summary(
        of tally: LargeObjectTally, _ reading: TableReading
    ) throws(PostgreSQLError) -> LargeObjectSummary {
        var (storedOf, roles): ([UInt32: Int64], [UInt32: Identifier]) = ([:], [:])
        try forEach("objectStorage") { (row) throws(PostgreSQLError) in
            guard try row.int64(1) < LargeObjectSQL.mostPages else { return }
            storedOf[try row.uint32(0)] = try row.int64(2)
        }
        try forEach("objectOwners") { (row) throws(PostgreSQLError) in
            roles[try row.uint32(0)] = Identifier(bytes: try row.bytes(1))
        }
        let labels = try first("objectLabels") { (row) throws(PostgreSQLError) in try row.int64(0) }
        return tally.summary(
            storedBytes: try first("objectFacts") { (row) throws(PostgreSQLError) in try row.int64(1) },
            storedOf: storedOf, roles: roles, references: nil,
            securityLabels: tally.count == 0 ? nil : labels.map { Int($0) }, reading: reading)
    }
}

/// Rows of the answers.
extension KitImport {
    private func forEach(
        _ name: String, _ body: (borrowing Row) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) {
        for values in answers.rows(name) {
            let row = Row(recorded: values)
            try body(row)
        }
    }

    private func first<Value>(
        _ name: String, _ body: (borrowing Row) throws(PostgreSQLError) -> Value
    ) throws(PostgreSQLError) -> Value? {
        guard let values = answers.rows(name).first else { return nil }
        let row = Row(recorded: values)
        return try body(row)
    }
}
