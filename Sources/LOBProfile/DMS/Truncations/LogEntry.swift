import SizeStatistics

/// One entry of a DMS log: the header, and what is said behind it.
struct LogEntry {
    let time: String?
    let component: String?
    /// The most bytes of column, schema and table together: PostgreSQL's own limit is 63 for each.
    private static let longestPlace = 1024

    /// Where the message begins.
    private let start: Int
    private let bytes: [UInt8]

    /// Reads the header `721331968: 2018-09-11T19:48:46:979532 [SOURCE_UNLOAD  ]W:  `, of which every part
    /// may be missing.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var cursor = ByteCursor(bytes)
        _ = cursor.take("\u{FEFF}")
        cursor.skipSpace()
        let beforeThread = cursor
        if cursor.takeDigits() == nil || !cursor.take(":") { cursor = beforeThread }
        cursor.skipSpace()
        time = Self.takeTime(&cursor)
        cursor.skipSpace()
        component = Self.takeComponent(&cursor)
        cursor.skipSpace()
        start = cursor.position
    }

    /// Whether the line begins an entry of its own, rather than going on with the one before it.
    var hasHeader: Bool { time != nil || component != nil }

    /// `2023-05-24T13:52:50`, with a fraction behind `.` or `:` where there is one.
    private static func takeTime(_ cursor: inout ByteCursor) -> String? {
        let start = cursor
        let shape = Array("dddd-dd-ddTdd:dd:dd".utf8)
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        let end = start.position + shape.count
        guard end <= start.bytes.count,
            zip(start.bytes[start.position..<end], shape).allSatisfy({ byte, wanted in
                wanted == UInt8(ascii: "d") ? isDigit(byte) : byte == wanted
            })
        else { return nil }
        cursor = ByteCursor(start.bytes, at: end)
        let fraction = cursor
        if !(cursor.take(".") || cursor.take(":")) || cursor.takeDigits() == nil { cursor = fraction }
        return String(decoding: start.bytes[start.position..<cursor.position], as: UTF8.self)
    }

    /// `[SOURCE_CAPTURE  ]W:`, with a space before the severity where there is one.
    private static func takeComponent(_ cursor: inout ByteCursor) -> String? {
        let start = cursor
        let isName = { (byte: UInt8) in (0x41...0x5A).contains(byte) || byte == UInt8(ascii: "_") }
        guard cursor.take("["), let name = cursor.takeAll(where: isName) else {
            cursor = start
            return nil
        }
        cursor.skipSpace()
        guard cursor.take("]") else {
            cursor = start
            return nil
        }
        cursor.skipSpace()
        guard cursor.takeAll(where: isName) != nil, cursor.take(":") else {
            cursor = start
            return nil
        }
        return String(decoding: name, as: UTF8.self)
    }

    /// Whether the entry says that a batch failed, so that its changes were applied one by one.
    var isBulkApplyFailure: Bool {
        var cursor = ByteCursor(bytes, at: start)
        return cursor.take("Bulk apply operation failed")
    }

    /// Whether the entry begins as a truncation does.
    var beginsTruncation: Bool { placeStart != nil }

    /// Whether the entry speaks of something that was cut, in whatever form.
    var mentionsTruncation: Bool {
        let wanted = Array("truncated to".utf8)
        return bytes[start...].indices.contains {
            bytes[$0] == wanted[0] && bytes[$0...].starts(with: wanted)
        }
    }

    private var placeStart: Int? {
        var cursor = ByteCursor(bytes, at: start)
        guard cursor.take(words: ["The", "value"]) || cursor.take(words: ["Value"]) else { return nil }
        return cursor.take(words: ["of", "column"]) && cursor.take("'") ? cursor.position : nil
    }

    /// The truncation that the entry tells of, which must be all that it says: text behind the known
    /// forms means that a value imitates an entry.
    var truncation: TruncationEvent? {
        guard let placeStart else { return nil }
        // The last `' was truncated to` counts: what stands before it may be a name that imitates one.
        for quote in bytes.indices[placeStart...].reversed() where bytes[quote] == UInt8(ascii: "'") {
            var cursor = ByteCursor(bytes, at: quote + 1)
            guard cursor.take(words: ["was", "truncated", "to"]), let (limit, length) = Self.takeTail(&cursor)
            else {
                continue
            }
            let place = TruncatedPlace(bytes: Array(bytes[placeStart..<quote]))
            guard place.bytes.count <= Self.longestPlace, place.hasDivider else { continue }
            return TruncationEvent(
                place: place, limit: limit, length: length, component: component, time: time)
        }
        return nil
    }

    /// `131072 bytes, actual length: 143687 bytes  (postgres_pglogical.c:2550)` or `length 16384`.
    private static func takeTail(_ cursor: inout ByteCursor) -> (ByteCount, TruncationEvent.Length)? {
        _ = cursor.take(words: ["length"])
        guard let digits = cursor.takeDigits(), let limit = Int64(String(decoding: digits, as: UTF8.self))
        else {
            return nil
        }
        _ = cursor.take(words: ["bytes"])
        var length = TruncationEvent.Length.absent
        if cursor.take(",") {
            guard cursor.take(words: ["actual", "length:"]) else { return nil }
            let isNegative = cursor.take("-")
            guard let digits = cursor.takeDigits() else { return nil }
            let count = isNegative ? nil : Int64(String(decoding: digits, as: UTF8.self))
            length = count.map { $0 > limit ? .known(ByteCount($0)) : .unknown } ?? .unknown
            guard cursor.take(words: ["bytes"]) else { return nil }
        }
        cursor.skipSpace()
        guard cursor.isAtEnd || takeSource(&cursor) else { return nil }
        return (ByteCount(limit), length)
    }

    /// `(postgres_pglogical.c:2550)` at the very end.
    private static func takeSource(_ cursor: inout ByteCursor) -> Bool {
        guard cursor.take("("),
            cursor.takeAll(where: { RuleName.isPlain($0) || $0 == UInt8(ascii: ".") }) != nil,
            cursor.take(":"),
            cursor.takeDigits() != nil, cursor.take(")")
        else { return false }
        cursor.skipSpace()
        return cursor.isAtEnd
    }
}
