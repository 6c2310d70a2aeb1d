import LOBProfile
import PostgreSQLClient

/// Reads what the catalog says of every table in one database, in one short read-only transaction.
struct CatalogReader {
    private let serverVersion: Int
    private let systemIdentifier: String?
    /// As in `ServerFacts`; nil where nobody looked.
    private let isLinkUnverified: Bool?
    private var server: (database: Identifier, facts: ServerFacts)?
    private var types = ColumnTypes()
    private var columns: [UInt32: [Column]] = [:]
    private var keys: [UInt32: [UniqueIndex]] = [:]
    private var foreignKeys: [UInt32: [ForeignKey]] = [:]
    private var generatedColumns: [UInt32: [Identifier]] = [:]
    private var publications: [Identifier] = []
    private var tablesOfDMS: [RelationName] = []
    private var codeOfOthers = CodeOfOthers()
    private var relations: [Relation] = []
    private var inheritance = Inheritance()
    private var extensions = KnownExtensions()
    private var views: [RelationName] = []
    private var census: [UInt32: (columns: Int, harmless: Int, names: [Identifier])] = [:]
    /// Columns that are computed whenever they are read, of types that are measured otherwise.
    private var virtualColumns: [UInt32: [Identifier]] = [:]
    /// Blocks, bytes of TOAST and rows of relations that are read with others.
    private var hidden: [UInt32: (blocks: Int, toastBytes: Int64, rows: Double)] = [:]
    /// Tables with json whose headers may say something, and those of them with values that no row holds: columns that
    /// were added with a default.
    private var tablesWithJSON: Set<UInt32> = []
    private var tablesWithMissingJSON: Set<UInt32> = []

    /// A reader that nothing was added to.
    init(serverVersion: Int, systemIdentifier: String?, isLinkUnverified: Bool?) {
        self.serverVersion = serverVersion
        self.systemIdentifier = systemIdentifier
        self.isLinkUnverified = isLinkUnverified
    }

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
        var reader = CatalogReader(
            serverVersion: sql.serverVersion, systemIdentifier: systemIdentifier(&connection, sql, preamble),
            isLinkUnverified: connection.link.isUnverifiedRemote)
        let transaction = ReadTransaction(preamble)
        let first = CatalogPart.first.map { Statement(reader.query($0, sql)) }
        try transaction.begin(first, over: &connection) {
            (index: Int, row: borrowing Row) throws(PostgreSQLError) in
            try reader.add(row, of: CatalogPart.first[index])
        }
        let rest = CatalogPart.rest.map { Statement(reader.query($0, sql)) }
        try transaction.finish(rest, over: &connection) {
            (index: Int, row: borrowing Row) throws(PostgreSQLError) in
            try reader.add(row, of: CatalogPart.rest[index])
        }
        return try reader.catalog()
    }

    /// The statement of a part; one of ``CatalogPart/rest`` depends on what was read of the first ones.
    private func query(_ part: CatalogPart, _ sql: CatalogSQL) -> SQL {
        switch part {
        case .columns: sql.columns(of: types.oids)
        case .census: sql.census(of: types.harmless)
        case .marks: extensions.marked
        default: sql.query(part)
        }
    }

    /// Adds a row of the answer to a part; the parts come in the order of `CatalogPart`.
    mutating func add(_ row: borrowing Row, of part: CatalogPart) throws(PostgreSQLError) {
        switch part {
        case .publications: publications.append(Identifier(bytes: try row.bytes(0)))
        case .codeOfOthers: try codeOfOthers.add(row)
        case .tablesOfDMS: tablesOfDMS.append(try Self.name(row, schema: 0, name: 1))
        case .server: server = try serverFacts(row)
        case .types: try types.add(row)
        case .extensions: try extensions.add(extension: row)
        case .columns: try addColumn(row)
        case .uniqueIndexes: try addUniqueIndex(row)
        case .foreignKeys: try addForeignKey(row)
        case .generatedColumns:
            generatedColumns[try row.uint32(0), default: []].append(Identifier(bytes: try row.bytes(1)))
        case .inheritance: try inheritance.add(row)
        case .census:
            census[try row.uint32(0)] = (
                Int(try row.int64(1)), Int(try row.int64(2)), Self.names(try row.bytes(3))
            )
        case .views: views.append(try Self.name(row, schema: 0, name: 1))
        case .marks: try extensions.add(mark: row)
        case .relations: try addRelation(row)
        }
    }

    /// Counts a column of any type where the census was not asked for; those of a table come in the order of their numbers.
    mutating func count(_ row: borrowing Row) throws(PostgreSQLError) {
        var counted = census[try row.uint32(0)] ?? (0, 0, [])
        counted.columns += 1
        if types.isHarmless(try row.uint32(3), modifier: Int(try row.int64(4))) {
            counted.harmless += 1
            counted.names.append(Identifier(bytes: try row.bytes(2)))
        }
        census[try row.uint32(0)] = counted
    }

    /// The catalog, once all parts were added.
    func catalog() throws(PostgreSQLError) -> Catalog {
        guard let server else { throw .protocolViolation("no row about the server itself") }
        return Catalog(
            database: server.database, server: server.facts, relations: relations.map(withHiddenSizes),
            codeOfOthers: codeOfOthers, views: views)
    }

    /// nil where the role may not read it: its own statement, so that a refusal costs nothing else.
    static func systemIdentifier(
        _ connection: inout Connection, _ sql: CatalogSQL, _ preamble: Preamble
    ) -> String? {
        do throws(PostgreSQLError) {
            return try ReadTransaction(preamble).values(of: sql.systemIdentifier, over: &connection) {
                (row: borrowing Row) throws(PostgreSQLError) in try row.text(0)
            }.first
        } catch {
            return nil
        }
    }

    private func serverFacts(_ row: borrowing Row) throws(PostgreSQLError) -> (Identifier, ServerFacts) {
        let facts = ServerFacts(
            version: serverVersion, isReplica: try row.bool(1), encoding: try row.text(2),
            blockSize: try row.count(3), role: Identifier(bytes: try row.bytes(4)),
            systemIdentifier: systemIdentifier, hasDataChecksums: try row.bool(5),
            publications: publications, sharedBuffers: try row.count(6),
            outputPlugins: try row.optionalText(7).map(ServerFacts.libraries),
            isLinkUnverified: isLinkUnverified, rolePower: codeOfOthers.power,
            tablesOfDMS: tablesOfDMS.sorted(), replication: try Self.replication(row))
        return (Identifier(bytes: try row.bytes(0)), facts)
    }

    private static func replication(_ row: borrowing Row) throws(PostgreSQLError) -> ReplicationFacts {
        ReplicationFacts(
            walLevel: try row.text(8),
            slots: .init(limit: Int(try row.int64(9)), taken: Int(try row.int64(10))),
            senders: .init(limit: Int(try row.int64(11)), taken: Int(try row.int64(12))),
            slotKeepMebibytes: try row.optionalInt64(13).map { Int($0) },
            senderTimeoutMilliseconds: Int(try row.int64(14)),
            preparedTransactions: Int(try row.int64(15)))
    }

    private mutating func addColumn(_ row: borrowing Row) throws(PostgreSQLError) {
        let (relation, typeOID) = (try row.uint32(0), try row.uint32(3))
        guard let type = types[typeOID, modifier: Int(try row.int64(4))] else { return }
        guard try !row.bool(10) else {
            // An expression of somebody's would run as us.
            guard !type.family.isHarmless(declaredLength: type.declaredLength) else { return }
            return virtualColumns[relation, default: []].append(Identifier(bytes: try row.bytes(2)))
        }
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
                isOnNotNullColumns: try row.bool(7), isExclusion: try row.bool(8)))
    }

    private mutating func addForeignKey(_ row: borrowing Row) throws(PostgreSQLError) {
        foreignKeys[try row.uint32(0), default: []].append(
            ForeignKey(
                name: Identifier(bytes: try row.bytes(1)),
                references: try Self.name(row, schema: 2, name: 3)))
    }

    private mutating func addRelation(_ row: borrowing Row) throws(PostgreSQLError) {
        let oid = try row.uint32(0)
        let isPartition = try row.bool(4)
        let tuples = Double(try row.float4(7))
        let (blocks, toastBytes) = (try row.count(5), Int64(try row.count(6)))
        let isSeen = row.isNull(15) ? true : try row.bool(15)
        guard !extensions.hides(oid, schema: Identifier(bytes: try row.bytes(1))) else {
            hidden[oid] = (blocks, toastBytes, max(0, tuples))
            return
        }
        relations.append(
            Relation(
                oid: oid, name: try Self.name(row, schema: 1, name: 2),
                kind: Self.kind(try row.bytes(3), isPartition: isPartition),
                root: inheritance.root(of: oid),
                blocks: blocks, toastBytes: toastBytes,
                // Before 14 a table that was never analysed says 0, after that -1.
                estimatedRows: tuples > 0 ? tuples : nil, fileNode: try row.uint32(8),
                accessMethod: row.isNull(9) ? nil : Identifier(bytes: try row.bytes(9)),
                isRowSecurityActive: try row.bool(10), isSelectable: try row.bool(11),

                replicaIdentity: Self.replicaIdentity(try row.bytes(12)), keys: keys[oid] ?? [],
                columns: (columns[oid] ?? []).sorted { $0.number < $1.number },
                foreignKeys: foreignKeys[oid] ?? [],
                generatedColumns: generatedColumns[oid] ?? [],
                headers: tablesWithJSON.contains(oid) ? try headers(row) : nil,
                tree: inheritance.tree(of: oid), isUnlogged: try row.bool(14),
                descendants: inheritance.descendants(of: oid), census: census(of: oid),
                isReadWithDescendants: extensions.has(.hypertable, oid) ? true : nil,
                isDistributed: extensions.has(.distributed, oid) ? true : nil,
                isSharded: extensions.has(.sharded, oid) ? true : nil,
                foreignFunctions: codeOfOthers.functions[oid],
                isTOASTMostlyUnseen: toastBytes == 0 || isSeen ? nil : true))
    }

    private func census(of relation: UInt32) -> Relation.Census {
        let counted = census[relation] ?? (0, 0, [])
        return Relation.Census(
            columns: counted.columns, harmless: counted.harmless,
            virtual: (virtualColumns[relation] ?? []).sorted(), names: counted.names)
    }

    /// Names in hexadecimal, between commas.
    private static func names(_ text: [UInt8]) -> [Identifier] {
        text.split(separator: UInt8(ascii: ",")).map { name in
            var digits = name.lazy.map {
                $0 < UInt8(ascii: "a") ? $0 - UInt8(ascii: "0") : $0 - UInt8(ascii: "a") + 10
            }
            .makeIterator()
            var bytes: [UInt8] = []
            while let high = digits.next(), let low = digits.next() { bytes.append(high << 4 | low) }
            return Identifier(bytes: bytes)
        }
    }

    /// A relation that is read with others is as large as all of them.
    private func withHiddenSizes(_ relation: Relation) -> Relation {
        guard relation.isReadWithDescendants == true else { return relation }
        let parts = inheritance.descendantOIDs(of: relation.oid).compactMap { hidden[$0] }
        return relation.enlarged(
            blocks: parts.reduce(0) { $0 + $1.blocks }, toastBytes: parts.reduce(0) { $0 + $1.toastBytes },
            rows: parts.reduce(0) { $0 + $1.rows })
    }

    /// What the server shows of headers: only of values as a heap stores them.
    private func headers(_ row: borrowing Row) throws(PostgreSQLError) -> Relation.Headers? {
        let isHeap = row.isNull(9) ? false : try row.bytes(9).elementsEqual("heap".utf8)
        guard isHeap, serverVersion >= 140_000 else { return nil }
        guard serverVersion >= 170_000 else {
            return tablesWithMissingJSON.contains(try row.uint32(0)) ? nil : .compression
        }
        return row.isNull(13) ? .place : try row.bool(13) ? .content : .place
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
