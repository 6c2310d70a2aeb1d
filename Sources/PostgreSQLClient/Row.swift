internal import CLibPQ

/// One row as it lies in memory; valid only inside the closure that gets it.
///
/// Values are read in the binary format. Columns count from 0.
@safe public struct Row: ~Copyable {
    @unsafe private enum Storage {
        /// A row of a result of libpq.
        case result(OpaquePointer, index: Int32)
        /// A tuple of a binary COPY stream; an offset of nil is NULL.
        case tuple(UnsafeRawBufferPointer, fields: [Range<Int>?])
        /// Values that were written to a file.
        case recorded([RecordedValue])
    }

    private let storage: Storage
    /// How many columns the row has.
    public let count: Int

    init(result: OpaquePointer, index: Int32) {
        unsafe storage = unsafe .result(result, index: index)
        count = Int(unsafe PQnfields(result))
    }

    init(tuple: UnsafeRawBufferPointer, fields: [Range<Int>?]) {
        unsafe storage = unsafe .tuple(tuple, fields: fields)
        count = fields.count
    }

    /// A row whose values were written to a file; they are read as those that a server sends.
    public init(recorded values: [RecordedValue]) {
        unsafe storage = unsafe .recorded(values)
        count = values.count
    }

    /// Whether the value is NULL; a column that the row does not have is NULL too.
    public func isNull(_ column: Int) -> Bool {
        if let recorded = recorded(column) { return recorded == .null }
        return unsafe field(column) == nil
    }

    /// The value of a row that was written to a file, NULL where it has no such column; nil in other rows.
    func recorded(_ column: Int) -> RecordedValue? {
        guard case .recorded(let values) = unsafe storage else { return nil }
        return values.indices.contains(column) ? values[column] : .null
    }

    /// Lets `body` read the bytes of a value where they lie, without a copy; nil is NULL.
    public func withBytes<Result>(
        _ column: Int, _ body: (RawSpan?) throws(PostgreSQLError) -> Result
    ) throws(PostgreSQLError) -> Result {
        guard (0..<count).contains(column) else { throw .decoding(column: column, expected: "there") }
        guard let field = unsafe field(column) else { return try body(nil) }
        return try body(unsafe field.bytes)
    }

    func field(_ column: Int) -> UnsafeRawBufferPointer? {
        guard (0..<count).contains(column) else { return nil }
        switch unsafe storage {
        case .result(let result, let index):
            let column = Int32(column)
            guard unsafe PQgetisnull(result, index, column) == 0 else { return nil }
            let length = Int(unsafe PQgetlength(result, index, column))
            return unsafe UnsafeRawBufferPointer(start: PQgetvalue(result, index, column), count: length)
        case .tuple(let tuple, let fields):
            return unsafe fields[column].map { unsafe UnsafeRawBufferPointer(rebasing: tuple[$0]) }
        case .recorded: return nil
        }
    }

    /// The OID of the column's type; nil in a COPY stream, which does not say.
    func type(_ column: Int) -> UInt32? {
        guard case .result(let result, _) = unsafe storage else { return nil }
        return unsafe PQftype(result, Int32(column))
    }
}

/// One tuple of a binary COPY stream; it is read like a row.
public typealias CopyRow = Row
