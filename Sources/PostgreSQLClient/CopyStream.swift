/// The parts of a binary COPY stream, however they were cut into messages.
///
/// Format of PostgreSQL's manual, COPY, "Binary Format". Lengths come from the server and are checked before use.
struct CopyStream {
    private enum Position {
        case header
        case tuples
        case end
    }

    private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]

    /// The most bytes that one tuple may have.
    let maximumRowBytes: Int
    private var position = Position.header
    /// The beginning of a part whose end has not arrived.
    private var pending: [UInt8] = []
    private var fields: [Range<Int>?] = []
    /// How many tuples were handed out.
    private(set) var rowCount: UInt64 = 0

    init(maximumRowBytes: Int) { self.maximumRowBytes = maximumRowBytes }

    /// Whether the trailer has arrived.
    var isComplete: Bool { position == .end && pending.isEmpty }

    /// Hands out the tuples that are complete after one more message.
    mutating func append(
        _ message: UnsafeRawBufferPointer, _ body: (borrowing CopyRow) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) {
        if pending.isEmpty {
            let used = unsafe try consume(message, body)
            unsafe pending.append(contentsOf: message[used...])
        } else {
            unsafe pending.append(contentsOf: message)
            try consumePending(body)
        }
        guard pending.count <= maximumRowBytes else {
            throw .protocolViolation("row of a COPY stream is larger than \(maximumRowBytes) bytes")
        }
    }

    private mutating func consumePending(
        _ body: (borrowing CopyRow) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) {
        let bytes = pending
        pending = []
        let used = try unsafe withBuffer(bytes) { (buffer: UnsafeRawBufferPointer) throws(PostgreSQLError) in
            unsafe try consume(buffer, body)
        }
        pending = Array(bytes[used...])
    }

    private func withBuffer(
        _ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws(PostgreSQLError) -> Int
    ) throws(PostgreSQLError) -> Int {
        unsafe try bytes.withUnsafeBufferPointer { (buffer) throws(PostgreSQLError) in
            unsafe try body(UnsafeRawBufferPointer(buffer))
        }
    }

    /// - Returns: how many bytes were used up.
    private mutating func consume(
        _ bytes: UnsafeRawBufferPointer, _ body: (borrowing CopyRow) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) -> Int {
        var offset = 0
        while true {
            let next: Int?
            switch position {
            case .header: next = unsafe try header(bytes)
            case .tuples: next = unsafe try tuple(bytes, at: offset, body)
            case .end:
                guard offset == bytes.count else {
                    throw .protocolViolation("COPY stream goes on after its end")
                }
                return offset
            }
            guard let next else { return offset }
            offset = next
        }
    }

    private mutating func header(_ bytes: UnsafeRawBufferPointer) throws(PostgreSQLError) -> Int? {
        let known = min(bytes.count, Self.signature.count)
        guard unsafe bytes[..<known].elementsEqual(Self.signature[..<known]) else {
            throw .protocolViolation("COPY stream is not binary")
        }
        guard let flags = unsafe BigEndian.int32(bytes, at: 11),
            let extensionBytes = unsafe BigEndian.int32(bytes, at: 15)
        else { return nil }
        guard flags & ~0xFFFF == 0, extensionBytes >= 0 else {
            throw .protocolViolation("COPY stream has a header that is not known")
        }
        guard bytes.count - 19 >= Int(extensionBytes) else { return nil }
        position = .tuples
        return 19 + Int(extensionBytes)
    }

    private mutating func tuple(
        _ bytes: UnsafeRawBufferPointer, at start: Int,
        _ body: (borrowing CopyRow) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) -> Int? {
        guard let count = unsafe BigEndian.int16(bytes, at: start) else { return nil }
        guard count >= 0 else {
            guard count == -1 else {
                throw .protocolViolation("COPY stream has a negative number of columns")
            }
            position = .end
            return start + 2
        }
        fields.removeAll(keepingCapacity: true)
        var offset = start + 2
        for _ in 0..<count {
            guard let length = unsafe BigEndian.int32(bytes, at: offset) else { return nil }
            offset += 4
            guard length >= 0 else {
                guard length == -1 else { throw .protocolViolation("COPY stream has a negative length") }
                fields.append(nil)
                continue
            }
            guard bytes.count - offset >= Int(length) else { return nil }
            fields.append(offset..<offset + Int(length))
            offset += Int(length)
        }
        rowCount += 1
        let row = unsafe CopyRow(tuple: bytes, fields: fields)
        try body(row)
        return offset
    }
}
