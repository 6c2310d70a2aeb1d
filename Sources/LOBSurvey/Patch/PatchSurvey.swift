public import LOBProfile
public import PostgreSQLClient
import SizeStatistics

/// Looks for the rows above the limits of limited tables, in short read-only transactions.
public struct PatchSurvey: Sendable {
    private let conninfo: Conninfo
    private let profile: Profile
    private let mostRows: Int

    /// Creates a survey of the source.
    ///
    /// - Parameters:
    ///   - conninfo: the server and database that the profile was taken of, or a replica.
    ///   - profile: the profile.
    ///   - mostRows: more rows of one table than this are too many to be patched by hand.
    public init(_ conninfo: Conninfo, profile: Profile, mostRows: Int) {
        self.conninfo = conninfo
        self.profile = profile
        self.mostRows = mostRows
    }

    /// Reads the tables.
    ///
    /// - Parameters:
    ///   - wishes: tables with their limits.
    ///   - listener: hears of each table before it is read.
    /// - Throws: ``PatchError`` where a table has too many rows above its limit or no key, or the server refuses.
    public func run(
        _ wishes: [PatchWish], listener: (RelationName) -> Void = { _ in }
    ) throws(PatchError) -> PatchPlan {
        var tables: [PatchPlan.Table] = []
        if !wishes.isEmpty {
            let prepared = try prepared()
            let (catalog, session) = (prepared.catalog, prepared.session)
            let relations = Dictionary(catalog.relations.map { ($0.name, $0) }) { first, _ in first }
            var reader = try reader(session)
            for wish in wishes {
                guard let relation = relations[wish.name] else { continue }
                try check(relation, session)
                listener(wish.name)
                let isInherited =
                    relation.isInheritanceParent && profile.policy.migrationType.includesFullLoad
                let found: PatchPlan.Table?
                do throws(PostgreSQLError) {
                    found = try reader.read(wish, of: isInherited ? relation.withDescendants : relation)
                } catch {
                    throw .survey(.postgreSQL(error))
                }
                try check(relation, session)
                guard let found else { throw .changed(wish.name) }
                guard !isInherited || found.keys.isEmpty else {
                    throw .inherited(wish.name, rows: found.keys.count)
                }
                try check(found)
                if !found.keys.isEmpty { tables.append(found) }
            }
        }
        return PatchPlan(
            tables: tables, tablesRead: wishes.count,
            isEncodingUnknown: profile.server.encoding.utf8.elementsEqual("SQL_ASCII".utf8))
    }

    private func reader(_ session: ServerSession) throws(PatchError) -> PatchReader {
        do throws(PostgreSQLError) {
            return try PatchReader(session, mostRows: mostRows)
        } catch {
            throw .survey(.postgreSQL(error))
        }
    }

    /// Reading a table must run no code of others, also none that came while others were read.
    private func check(_ relation: Relation, _ session: ServerSession) throws(PatchError) {
        if let reason = session.preamble.code?.refusal(of: relation.oid) {
            throw .foreignCode(relation.name, reason)
        }
    }

    private func check(_ table: PatchPlan.Table) throws(PatchError) {
        guard table.keys.count <= mostRows else { throw .tooManyRows(table.name, most: mostRows) }
        guard table.keys.isEmpty || !table.keyColumns.isEmpty else {
            throw .noKey(table.name, rows: table.keys.count)
        }
    }

    /// The tables as they are now, by the catalog alone; one that is gone is not among them.
    private func prepared() throws(PatchError) -> Survey.Prepared {
        let prepared: Survey.Prepared
        do throws(SurveyError) {
            let plan = PlanOptions(method: .full, trustsOwners: profile.options.trustsOwners)
            prepared = try Survey(conninfo, options: SurveyOptions(plan: plan)).prepare()
        } catch {
            throw .survey(error)
        }
        guard profile.mayBeOfSameDatabase(as: prepared.catalog) else {
            throw .otherDatabase(profile.database)
        }
        return prepared
    }
}
