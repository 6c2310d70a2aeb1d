import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// Takes the largest json and jsonb values apart once all tables are read, where that was asked for.
///
/// No figure depends on it: what cannot be read stays not known. Each value is read in a short transaction of its own; it is
/// the one that was measured where a value of that size is still at its place.
struct HeavyKeyPass {
    private let session: ServerSession
    private let names: JSONKeyNames
    private let gate: Gate
    private let rest: Double
    private let isConsistent: Bool

    /// How many values of a column are taken apart.
    private static let values = 5
    /// A limit has at least 1 KB, so what is not larger decides none.
    private static let smallest = Kibibytes(1).bytes
    /// Taking apart needs memory on the server for several copies of the text.
    private static let largest = Kibibytes(64 << 10).bytes
    /// How long a statement may take at most.
    private static let patience: Duration = .seconds(10)

    /// nil where nobody asked for it.
    init?(_ options: SurveyOptions, _ session: ServerSession, _ gate: Gate) {
        guard let names = options.plan.jsonKeys else { return nil }
        self.session = session
        self.names = names
        self.gate = gate
        rest = options.throttle.rest
        isConsistent = options.isConsistent
    }

    /// Adds to the results what is found; ends early where the survey does, or the server cannot be reached any more.
    func run(_ results: SurveyResults, _ moments: Moments) async {
        var preamble = session.preamble
        preamble.statementTimeout = min(preamble.statementTimeout, Self.patience)
        if isConsistent, gate.stop == nil { preamble.snapshot = try? moments.join() }
        defer { if let snapshot = preamble.snapshot { moments.leave(snapshot) } }
        var found: [UInt32: TableProfile] = [:]
        for table in results.collected().tables where Self.canRead(table.relation) {
            var known = table
            do throws(PostgreSQLError) {
                for index in table.columns.indices where Self.isWanted(table.columns[index]) {
                    known.columns[index] = try await takenApart(
                        table.columns[index], of: table.relation, preamble)
                    found[table.relation.oid] = known
                }
            } catch {
                break
            }
        }
        results.replace(found)
    }

    private static func canRead(_ relation: Relation) -> Bool {
        relation.isSelectable && relation.hasPlaces
    }

    private static func isDocument(_ column: Column) -> Bool {
        column.family == .json || column.family == .jsonb
    }

    private static func isWanted(_ column: ColumnProfile) -> Bool {
        guard let first = column.measurement?.largest.first else { return false }
        return isDocument(column.column) && first.size > smallest
    }

    /// The column with its largest values taken apart.
    ///
    /// - Throws: `PostgreSQLError` where no other column could be read either.
    private func takenApart(
        _ profile: ColumnProfile, of relation: Relation, _ preamble: Preamble
    ) async throws(PostgreSQLError) -> ColumnProfile {
        guard var measurement = profile.measurement else { return profile }
        let statement = try TopLevelStatement(relation, profile.column, names: names)
        let identity = IdentityCheck(
            relation: relation, columns: [profile.column], seesOldCatalog: preamble.snapshot != nil)
        var documents: [LargeDocument] = []
        for value in measurement.largest.prefix(Self.values) where value.size > Self.smallest {
            guard await gate.pass() else { throw .cancelled }
            let start = ContinuousClock.now
            let content = try content(of: value, statement, identity, preamble)
            documents.append(LargeDocument(value: value, content: content))
            if rest > 0 { try? await Task.sleep(for: start.duration(to: .now) * rest) }
        }
        measurement.largeDocuments = documents
        return ColumnProfile(column: profile.column, measurement: measurement)
    }

    private func content(
        of value: LocatedSize, _ statement: TopLevelStatement, _ identity: IdentityCheck, _ preamble: Preamble
    ) throws(PostgreSQLError) -> LargeDocument.Content {
        guard value.size <= Self.largest else { return .notKnown(.tooLarge) }
        let reading = ReadTransaction.Reading(statement.statement(for: value), of: identity)
        do throws(PostgreSQLError) {
            return try session.withConnection {
                (connection: inout Connection) throws(PostgreSQLError) -> LargeDocument.Content in
                var answer = TopLevelAnswer()
                let isSame = try ReadTransaction(preamble).read(reading, over: &connection) {
                    (row: borrowing Row) throws(PostgreSQLError) in try answer.add(row)
                }
                return isSame ? answer.content : .notKnown(.changed)
            }
        } catch {
            guard case .server = error, !preamble.hasLostSnapshot(error) else { throw error }
            switch ScanFault(error) {
            case .reconnect, .stop: throw error
            case .changed, .giveUp(.notPopulated): return .notKnown(.changed)
            case .again, .waitForLock, .halve, .giveUp: return .notKnown(.failed)
            }
        }
    }

    /// The statements for the columns of a table, for people who want to see them before they are run.
    static func statements(_ plan: TablePlan, _ names: JSONKeyNames) throws(PostgreSQLError) -> [SQL] {
        guard canRead(plan.relation) else { return [] }
        let example = LocatedSize(size: smallest, block: 0, offset: 1)
        var statements: [SQL] = []
        for column in plan.columns.map(\.column) where isDocument(column) {
            let statement = try TopLevelStatement(plan.relation, column, names: names)
            statements.append(statement.statement(for: example))
        }
        return statements
    }
}
