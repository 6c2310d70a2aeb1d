public import LOBProfile
public import PostgreSQLClient

/// Reads pglogical's replication sets of the source, to know which slot carries which table.
public struct ReplicationSetSurvey: Sendable {
    private let conninfo: Conninfo

    /// Creates a survey of the source.
    public init(_ conninfo: Conninfo) {
        self.conninfo = conninfo
    }

    /// Reads sets and slots in read-only transactions.
    ///
    /// - Throws: `SurveyError`, ``SurveyError/pglogical(_:)`` where there are no sets, or none that the role may read.
    public func run() throws(SurveyError) -> SlotAssignment {
        let session = try ServerSession(conninfo)
        let answer: Result<SlotAssignment, SurveyError.PGLogicalProblem>
        do throws(PostgreSQLError) {
            answer = try Self.read(session)
        } catch {
            throw .postgreSQL(error)
        }
        switch answer {
        case .success(let assignment): return assignment
        case .failure(let problem): throw .pglogical(problem)
        }
    }

    private static func read(
        _ session: ServerSession
    ) throws(PostgreSQLError) -> Result<SlotAssignment, SurveyError.PGLogicalProblem> {
        var connection = try session.connect()
        let transaction = ReadTransaction(session.preamble)
        let tables = try transaction.values(of: ReplicationSetSQL.tables, over: &connection) {
            (row: borrowing Row) throws(PostgreSQLError) in
            (name: try row.bytes(0), isReadable: try row.bool(1))
        }
        guard tables.count > 2 else { return .failure(.notInstalled) }
        guard tables.allSatisfy({ $0.isReadable }) else { return .failure(.notReadable) }
        let isVersion2 = tables.contains { $0.name.elementsEqual("replication_set_table".utf8) }
        let members = try transaction.values(
            of: ReplicationSetSQL.members(isVersion2: isVersion2), over: &connection
        ) { (row: borrowing Row) throws(PostgreSQLError) in try Member(row) }
        let slots = try transaction.values(of: ReplicationSetSQL.slots, over: &connection) {
            (row: borrowing Row) throws(PostgreSQLError) in
            LogicalSlot(
                name: Identifier(bytes: try row.bytes(0)), confirmedPosition: try row.optionalText(1),
                plugin: try row.optionalText(2))
        }
        let assignment = SlotAssignment(sets: sets(members), slots: slots)
        return members.isEmpty || assignment.slots.isEmpty ? .failure(.noSets) : .success(assignment)
    }

    /// A row: a table in a set, with one column of its list.
    private struct Member {
        let set: Identifier
        let table: RelationName
        let hasList: Bool
        let hasFilter: Bool
        let column: Identifier?
        let changes: Set<RowChange>

        init(_ row: borrowing Row) throws(PostgreSQLError) {
            set = Identifier(bytes: try row.bytes(0))
            table = RelationName(
                schema: Identifier(bytes: try row.bytes(1)), name: Identifier(bytes: try row.bytes(2)))
            hasList = try row.bool(3)
            hasFilter = try row.bool(4)
            column = try row.optionalBytes(5).map { Identifier(bytes: $0) }
            var changes: Set<RowChange> = []
            for (index, change) in [RowChange.insert, .update, .delete].enumerated()
            where try row.bool(6 + index) { changes.insert(change) }
            self.changes = changes
        }
    }

    private static func sets(_ rows: [Member]) -> [ReplicationSet] {
        Dictionary(grouping: rows, by: \.set).sorted { $0.key < $1.key }.map { name, members in
            let tables = Dictionary(grouping: members, by: \.table).sorted { $0.key < $1.key }
            return ReplicationSet(
                name: name,
                tables: tables.map { table, members in
                    ReplicationSet.Table(
                        name: table,
                        columns: members.contains { $0.hasList } ? members.compactMap(\.column) : nil,
                        hasRowFilter: members.contains { $0.hasFilter })
                }, changes: members.first?.changes ?? [])
        }
    }
}
