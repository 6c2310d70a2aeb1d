import LOBProfile
import PostgreSQLClient

/// The answers to the script of the offline kit, as they are in their file.
struct KitAnswers: Sendable {
    /// The rows of statements, by the name of the statement.
    private var answers: [String: [[RecordedValue]]] = [:]
    /// What was counted of tables, by OID.
    private(set) var tables: [UInt32: KitTable] = [:]
    /// Large objects in the order of their OIDs.
    private(set) var objects: [LargeObjectWindow.Object] = []
    /// `server_version_num`.
    private(set) var serverVersion = 0
    /// When the last line was written, in microseconds since 1970 (UTC); nil before it.
    private(set) var endedAt: Int64?

    /// Reads a file.
    ///
    /// - Throws: `KitError` unless it is whole.
    init(_ bytes: [UInt8]) throws(KitError) {
        var number = 0
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            // psql on Windows ends lines with two characters.
            guard line.contains(where: { $0 != UInt8(ascii: "\r") }) else { continue }
            number += 1
            try add(Self.member(line, number), number)
        }
        guard number > 0 else { throw .notAnswers }
        guard endedAt != nil else { throw .truncated }
    }

    /// The rows of a statement; none where it had none, or failed.
    func rows(_ name: String) -> [[RecordedValue]] { answers[name] ?? [] }

    private static func member(_ line: ArraySlice<UInt8>, _ number: Int) throws(KitError) -> JSONMember {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: Array(line))
        } catch {
            throw number == 1 ? KitError.notAnswers : .damaged(line: number, reason: "\(error)")
        }
        guard case .object(let members) = value, members.count == 1 else {
            throw number == 1 ? KitError.notAnswers : .damaged(line: number, reason: "it is no answer")
        }
        return members[0]
    }

    private mutating func add(_ member: JSONMember, _ number: Int) throws(KitError) {
        guard endedAt == nil else { throw .damaged(line: number, reason: "it is behind the last one") }
        let name = String(decoding: member.key, as: UTF8.self)
        guard number > 1 || name == "kit" else { throw .notAnswers }
        switch name {
        case "sizes":
            guard let sizes = KitSizesLine(member.value) else { throw Self.incomprehensible(number) }
            try addSizes(sizes, number)
        case "objects":
            guard let more = Self.objects(member.value) else { throw Self.incomprehensible(number) }
            objects += more
        case "end": try addEnd(member.value, number)
        default:
            guard let row = Self.row(member.value) else { throw Self.incomprehensible(number) }
            answers[name, default: []].append(row)
            if number == 1 { try addBeginning(member.value) }
        }
    }

    private static func incomprehensible(_ number: Int) -> KitError {
        .damaged(line: number, reason: "a value is missing or of another kind")
    }

    private mutating func addBeginning(_ value: JSONValue) throws(KitError) {
        guard let format = value["f1"]?.intValue, let version = value["f3"]?.intValue else {
            throw .notAnswers
        }
        guard format == KitScript.format else { throw .unknownFormat(format) }
        serverVersion = version
    }

    private mutating func addSizes(_ sizes: KitSizesLine, _ number: Int) throws(KitError) {
        guard tables[sizes.relation, default: KitTable()].add(sizes) else {
            throw .damaged(line: number, reason: "its counts contradict each other")
        }
    }

    /// The last line was counted last.
    private mutating func addEnd(_ value: JSONValue, _ number: Int) throws(KitError) {
        guard let lines = value["lines"]?.intValue, let end = value["at"]?.intValue else {
            throw Self.incomprehensible(number)
        }
        guard lines == number - 1 else { throw .incomplete(lines: number - 1, announced: lines) }
        endedAt = Int64(end)
    }

    private static func row(_ value: JSONValue) -> [RecordedValue]? {
        guard case .object(let members) = value else { return nil }
        var row: [RecordedValue] = []
        for member in members {
            switch member.value {
            case .null: row.append(.null)
            case .bool(let value): row.append(.bool(value))
            case .number(let digits): row.append(.number(digits))
            case .string(let bytes): row.append(.text(bytes))
            case .array, .object: return nil
            }
        }
        return row
    }

    private static func objects(_ value: JSONValue) -> [LargeObjectWindow.Object]? {
        guard let oids = value["oids"]?.elements, let owners = value["owners"]?.elements,
            let sizes = value["sizes"]?.elements, let granted = value["granted"]?.elements,
            [owners.count, sizes.count, granted.count].allSatisfy({ $0 == oids.count })
        else { return nil }
        var objects: [LargeObjectWindow.Object] = []
        for index in oids.indices {
            guard let oid = oids[index].intValue.flatMap({ UInt32(exactly: $0) }),
                let owner = owners[index].intValue.flatMap({ UInt32(exactly: $0) }),
                let isGranted = granted[index].boolValue,
                sizes[index] == .null || sizes[index].intValue != nil
            else { return nil }
            objects.append(
                LargeObjectWindow.Object(
                    oid: oid, owner: owner, size: sizes[index].intValue.map { Int64($0) },
                    isGranted: isGranted))
        }
        return objects
    }
}
