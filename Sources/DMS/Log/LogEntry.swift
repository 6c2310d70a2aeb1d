/// One entry of a DMS log: the header, and what is said behind it.
struct LogEntry {
    let time: LogTime?
    let component: String?
    /// The most bytes of column, schema and table together: PostgreSQL's own limit is 63 for each.
    private static let longestPlace = 1024

    /// Where the message begins.
    private let start: Int
    private let bytes: [UInt8]

    /// Where the header begins: what stands before it, such as the name of a file or of a log stream, is not DMS's.
    private let headerStart: Int

    /// Reads the first header `721331968: 2018-09-11T19:48:46:979532 [SOURCE_UNLOAD  ]W:  ` of a line, of which every part
    /// may be missing; without a component only at the beginning.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if let header = Self.header(in: bytes, from: 0) {
            (headerStart, time, component, start) = (
                header.start, header.time, header.component, header.end
            )
            return
        }
        var cursor = ByteCursor(bytes)
        _ = cursor.take("\u{FEFF}")
        cursor.skipSpace()
        headerStart = cursor.position
        let beforeThread = cursor
        if cursor.takeDigits() == nil || !cursor.take(":") { cursor = beforeThread }
        cursor.skipSpace()
        time = Self.takeTime(&cursor)
        component = nil
        cursor.skipSpace()
        start = cursor.position
    }

    /// A component in brackets with the time before it.
    private struct Header {
        let start: Int
        let time: LogTime?
        let component: String
        let end: Int
    }

    /// The first header at or behind a position.
    private static func header(in bytes: [UInt8], from first: Int) -> Header? {
        for bracket in bytes.indices[first...] where bytes[bracket] == UInt8(ascii: "[") {
            var cursor = ByteCursor(bytes, at: bracket)
            guard let component = takeComponent(&cursor) else { continue }
            cursor.skipSpace()
            let before = timeBefore(bracket, in: bytes, from: first)
            return Header(
                start: before?.start ?? bracket, time: before?.time, component: component,
                end: cursor.position)
        }
        return nil
    }

    /// The most bytes of a time with fraction and zone.
    private static let longestTime = 40

    /// The time that ends right before a position.
    private static func timeBefore(
        _ position: Int, in bytes: [UInt8], from first: Int
    ) -> (start: Int, time: LogTime)? {
        // Nearly every place is told from the beginning of a time by two bytes.
        for start in max(first, position - longestTime)..<position
        where start + 7 < position && bytes[start + 4] == UInt8(ascii: "-")
            && bytes[start + 7] == bytes[start + 4]
        {
            var cursor = ByteCursor(bytes, at: start)
            guard let time = takeTime(&cursor) else { continue }
            cursor.skipSpace()
            if cursor.position == position { return (start, time) }
        }
        return nil
    }

    /// The entry without what stands before it.
    var text: [UInt8] { Array(bytes[headerStart...]) }

    /// Whether the line begins an entry of its own, rather than going on with the one before it.
    var hasHeader: Bool { time != nil || component != nil }

    /// `2023-05-24T13:52:50` or with a space, with a fraction behind `.` or `:` and a zone where there are.
    private static func takeTime(_ cursor: inout ByteCursor) -> LogTime? {
        let start = cursor.position
        let end = start + LogTime.length
        guard end <= cursor.bytes.count, LogTime(cursor.bytes[start..<end]) != nil else { return nil }
        cursor = ByteCursor(cursor.bytes, at: end)
        let fraction = cursor
        if !(cursor.take(".") || cursor.take(":")) || cursor.takeDigits() == nil { cursor = fraction }
        let time = LogTime(cursor.bytes[start..<cursor.position])
        takeZone(&cursor)
        return time
    }

    /// `Z`, `+00:00` or `+0000`.
    private static func takeZone(_ cursor: inout ByteCursor) {
        let start = cursor
        if cursor.take("Z") { return }
        guard cursor.take("+") || cursor.take("-"), cursor.takeDigits() != nil else {
            cursor = start
            return
        }
        let minutes = cursor
        if !cursor.take(":") || cursor.takeDigits() == nil { cursor = minutes }
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

    /// Where reading what is said behind the header begins.
    var message: ByteCursor { ByteCursor(bytes, at: start) }

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

    /// The truncations of a line in which entries were joined, as by tabs; nil where it holds one entry at most.
    ///
    /// A name may hold what looks like an entry. So one is taken for the next only behind a truncation that is complete with
    /// the place in DMS's source at its end, which takes more bytes than a name has.
    var joined: (first: TruncationEvent, rest: [UInt8])? {
        guard placeStart != nil else { return nil }
        var from = start
        while let next = Self.header(in: bytes, from: from) {
            var end = next.start
            while end > start, bytes[end - 1] == 0x20 || (0x09...0x0D).contains(bytes[end - 1]) { end -= 1 }
            if end > start, bytes[end - 1] == UInt8(ascii: ")"),
                let first = LogEntry(Array(bytes[headerStart..<end])).truncation
            {
                return (first, Array(bytes[next.start...]))
            }
            from = next.end
        }
        return nil
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
