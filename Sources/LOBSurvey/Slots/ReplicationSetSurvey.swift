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
        var query = try ReadOnlyQuery(conninfo)
        let isVersion2 = try Self.isVersion2(&query)
        let rows = try query.rows(ReplicationSetSQL.members(isVersion2: isVersion2)) {
            (row: borrowing Row) throws(PostgreSQLError) in try Member(row)
        }
        guard !rows.isEmpty else { throw .pglogical(.noSets) }
        let slots = try query.rows(ReplicationSetSQL.slots) { (row: borrowing Row) throws(PostgreSQLError) in
            LogicalSlot(
                name: Identifier(bytes: try row.bytes(0)), confirmedPosition: try row.optionalText(1))
        }
        let assignment = SlotAssignment(sets: Self.sets(rows), slots: slots)
        guard !assignment.slots.isEmpty else { throw .pglogical(.noSets) }
        return assignment
    }

    private static func isVersion2(_ query: inout ReadOnlyQuery) throws(SurveyError) -> Bool {
        let tables = try query.rows(ReplicationSetSQL.tables) {
            (row: borrowing Row) throws(PostgreSQLError) in
            (name: try row.bytes(0), isReadable: try row.bool(1))
        }
        let names = tables.map { $0.name }
        let isVersion2 = names.contains(Array("replication_set_table".utf8))
        guard names.count > 2 else { throw .pglogical(.notInstalled) }
        guard tables.allSatisfy({ $0.isReadable }) else { throw .pglogical(.notReadable) }
        return isVersion2
    }

    /// A row: a table in a set, with one column of its list.
    private struct Member {
        let set: Identifier
        let table: RelationName
        let hasList: Bool
        let hasFilter: Bool
        let column: Identifier?

        init(_ row: borrowing Row) throws(PostgreSQLError) {
            set = Identifier(bytes: try row.bytes(0))
            table = RelationName(
                schema: Identifier(bytes: try row.bytes(1)), name: Identifier(bytes: try row.bytes(2)))
            hasList = try row.bool(3)
            hasFilter = try row.bool(4)
            column = try row.optionalBytes(5).map { Identifier(bytes: $0) }
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
                })
        }
    }
}
