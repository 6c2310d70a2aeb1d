import LOBProfile
import PostgreSQLClient

/// Reads what the catalog says of every table in one database, in one short read-only transaction.
struct CatalogReader {
    private var columns: [UInt32: [Column]] = [:]
    private var keys: [UInt32: [UniqueIndex]] = [:]
    private var foreignKeys: [UInt32: [ForeignKey]] = [:]
    private var generatedColumns: [UInt32: [Identifier]] = [:]
    private var publications: [Identifier] = []
    private var relations: [Relation] = []
    /// Tables with json whose headers may say something, and those of them with values that no row holds: columns that
    /// were added with a default.
    private var tablesWithJSON: Set<UInt32> = []
    private var tablesWithMissingJSON: Set<UInt32> = []

    /// How often a table that is being locked may get in the way before its size is left out.
    private static let attempts = 3

    /// Reads the catalog.
    ///
    /// - Parameter serverVersion: the version whose catalog is to be expected.
    /// - Throws: `PostgreSQLError` when the server refuses or the connection is lost.
    static func read(
        _ connection: inout Connection, preamble: Preamble, serverVersion: Int
    ) throws(PostgreSQLError) -> Catalog {
        var sql = CatalogSQL(serverVersion: serverVersion)
        for _ in 0..<attempts {
            do throws(PostgreSQLError) {
                return try read(&connection, sql, preamble: preamble)
            } catch {
                guard error.sqlState == .lockNotAvailable else { throw error }
            }
        }
        sql.asksForSizes = false
        return try read(&connection, sql, preamble: preamble)
    }

    private static func read(
        _ connection: inout Connection, _ sql: CatalogSQL, preamble: Preamble
    ) throws(PostgreSQLError) -> Catalog {
        let systemIdentifier = systemIdentifier(&connection, sql, preamble)
        var reader = CatalogReader()
        var types = ColumnTypes()
        var server: (database: Identifier, facts: ServerFacts)?
        let version = sql.serverVersion
        let before =
            preamble.statements() + [sql.publications, sql.server, sql.types].map { Statement($0) }
        try connection.batch(before, deadline: .seconds(600)) {
            (index: Int, row: borrowing Row) throws(PostgreSQLError) in
            switch index {
            case 2: reader.publications.append(Identifier(bytes: try row.bytes(0)))
            case 3:
                server = try serverFacts(
                    row, version: version, systemIdentifier: systemIdentifier, reader.publications)
            case 4: try types.add(row)
            default: break
            }
        }
        guard let server else { throw .protocolViolation("no row about the server itself") }
        let statements =
            [
                sql.columns(of: types.oids), sql.uniqueIndexes, sql.foreignKeys, sql.generatedColumns,
                sql.relations,
            ].map { Statement($0) } + [Statement("COMMIT")]
        try connection.batch(statements, deadline: .seconds(600)) {
            (index: Int, row: borrowing Row) throws(PostgreSQLError) in
            switch index {
            case 0: try reader.addColumn(row, types)
            case 1: try reader.addUniqueIndex(row)
            case 2: try reader.addForeignKey(row)
            case 3:
                reader.generatedColumns[try row.uint32(0), default: []].append(
                    Identifier(bytes: try row.bytes(1)))
            case 4: try reader.addRelation(row, version: version)
            default: break
            }
        }
        return Catalog(database: server.database, server: server.facts, relations: reader.relations)
    }

    /// nil where the role may not read it: its own statement, so that a refusal costs nothing else.
    private static func systemIdentifier(
        _ connection: inout Connection, _ sql: CatalogSQL, _ preamble: Preamble
    ) -> String? {
        var identifier: String?
        let statements = preamble.statements() + [Statement(sql.systemIdentifier), Statement("COMMIT")]
        do throws(PostgreSQLError) {
            try connection.batch(statements, deadline: .seconds(10)) {
                (index: Int, row: borrowing Row) throws(PostgreSQLError) in
                if index == 2 { identifier = try row.text(0) }
            }
        } catch {
            return nil
        }
        return identifier
    }

    private static func serverFacts(
        _ row: borrowing Row, version: Int, systemIdentifier: String?, _ publications: [Identifier]
    ) throws(PostgreSQLError) -> (Identifier, ServerFacts) {
        let facts = ServerFacts(
            version: version, isReplica: try row.bool(1), encoding: try row.text(2),
            blockSize: Int(try row.int64(3)), role: Identifier(bytes: try row.bytes(4)),
            systemIdentifier: systemIdentifier, hasDataChecksums: try row.bool(5),
            publications: publications, sharedBuffers: Int(try row.int64(6)))
        return (Identifier(bytes: try row.bytes(0)), facts)
    }

    private mutating func addColumn(
        _ row: borrowing Row, _ types: ColumnTypes
    ) throws(PostgreSQLError) {
        let (relation, typeOID) = (try row.uint32(0), try row.uint32(3))
        guard let type = types[typeOID, modifier: Int(try row.int64(4))] else { return }
        if type.family == .json {
            tablesWithJSON.insert(relation)
            if try row.bool(9) { tablesWithMissingJSON.insert(relation) }
        }
        columns[relation, default: []].append(
            Column(
                number: try row.int16(1), name: Identifier(bytes: try row.bytes(2)),
                typeName: type.name, typeOID: typeOID, family: type.family,
                declaredLength: type.declaredLength, isNotNull: try row.bool(5) || type.isNotNull,
                isGenerated: try row.bool(6), isSelectable: try row.bool(7),
                storage: Self.storage(try row.bytes(8))))
    }

    private static func storage(_ code: [UInt8]) -> Column.Storage {
        switch code.first {
        case UInt8(ascii: "x"): .extended
        case UInt8(ascii: "e"): .external
        case UInt8(ascii: "m"): .main
        default: .plain
        }
    }

    private mutating func addUniqueIndex(_ row: borrowing Row) throws(PostgreSQLError) {
        let numbers = try row.bytes(2).split(separator: UInt8(ascii: ",")).compactMap {
            Int16(String(decoding: $0, as: UTF8.self))
        }
        keys[try row.uint32(0), default: []].append(
            UniqueIndex(
                name: Identifier(bytes: try row.bytes(1)), columns: numbers, isPrimary: try row.bool(3),
                isPartial: try row.bool(4), isImmediate: try row.bool(5), isValid: try row.bool(6),
                isOnNotNullColumns: try row.bool(7)))
    }

    private mutating func addForeignKey(_ row: borrowing Row) throws(PostgreSQLError) {
        foreignKeys[try row.uint32(0), default: []].append(
            ForeignKey(
                name: Identifier(bytes: try row.bytes(1)),
                references: try Self.name(row, schema: 2, name: 3)))
    }

    private mutating func addRelation(_ row: borrowing Row, version: Int) throws(PostgreSQLError) {
        let oid = try row.uint32(0)
        let isPartition = try row.bool(4)
        let tuples = Double(try row.float4(9))
        relations.append(
            Relation(
                oid: oid, name: try Self.name(row, schema: 1, name: 2),
                kind: Self.kind(try row.bytes(3), isPartition: isPartition),
                root: row.isNull(6) ? nil : try Self.name(row, schema: 5, name: 6),
                blocks: Int(try row.int64(7)), toastBytes: try row.int64(8),
                // Before 14 a table that was never analysed says 0, after that -1.
                estimatedRows: tuples > 0 ? tuples : nil, fileNode: try row.uint32(10),
                accessMethod: row.isNull(11) ? nil : Identifier(bytes: try row.bytes(11)),
                isRowSecurityActive: try row.bool(12), isSelectable: try row.bool(13),
                isExtensionOwned: false,
                replicaIdentity: Self.replicaIdentity(try row.bytes(14)), keys: keys[oid] ?? [],
                columns: (columns[oid] ?? []).sorted { $0.number < $1.number },
                foreignKeys: foreignKeys[oid] ?? [],
                generatedColumns: generatedColumns[oid] ?? [],
                headers: tablesWithJSON.contains(oid) ? try headers(row, version: version) : nil))
    }

    /// What the server shows of headers: only of values as a heap stores them.
    private func headers(_ row: borrowing Row, version: Int) throws(PostgreSQLError) -> Relation.Headers? {
        let isHeap = row.isNull(11) ? false : try row.bytes(11).elementsEqual("heap".utf8)
        guard isHeap, version >= 140_000 else { return nil }
        guard version >= 170_000 else {
            return tablesWithMissingJSON.contains(try row.uint32(0)) ? nil : .compression
        }
        return row.isNull(15) ? .place : try row.bool(15) ? .content : .place
    }

    private static func name(
        _ row: borrowing Row, schema: Int, name: Int
    ) throws(PostgreSQLError) -> RelationName {
        RelationName(
            schema: Identifier(bytes: try row.bytes(schema)), name: Identifier(bytes: try row.bytes(name)))
    }

    private static func kind(_ code: [UInt8], isPartition: Bool) -> Relation.Kind {
        switch code.first {
        case UInt8(ascii: "m"): .materializedView
        case UInt8(ascii: "f"): .foreignTable
        default: isPartition ? .leaf : .table
        }
    }

    private static func replicaIdentity(_ code: [UInt8]) -> Relation.ReplicaIdentity {
        switch code.first {
        case UInt8(ascii: "n"): .nothing
        case UInt8(ascii: "f"): .full
        case UInt8(ascii: "i"): .index
        default: .default
        }
    }
}
