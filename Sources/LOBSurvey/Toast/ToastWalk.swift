import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// The statement that looks at some values of a TOAST relation, from the largest id down: how many chunks each has, by the index
/// alone, and how those begin that may be larger than what is known.
struct ToastWalk {
    let facts: ToastFacts
    /// The TOAST relation, quoted.
    let name: SQL
    let way: Way

    /// How the index is gone through.
    enum Way: String, Sendable, Codable {
        /// All entries.
        case everyEntry
        /// The last entry of each value.
        case lastEntry

        /// The way that reads less, by what was seen so far.
        ///
        /// Measured: 0.14 µs for each entry, and 5 µs for each value to find its last one. Where the index does not tell what
        /// everybody sees, each entry costs a block of its own.
        init(after tally: ToastTally, _ facts: ToastFacts) {
            let dear = facts.relation?.isMostlyVisible == true ? 32 : 2
            self = tally.chunks > tally.values * dear ? .lastEntry : .everyEntry
        }
    }

    /// Creates the statement for a relation that may be read.
    ///
    /// - Throws: `PostgreSQLError.protocolViolation` for a name that no server can have.
    init(_ facts: ToastFacts, _ relation: ToastFacts.ToastRelation, way: Way) throws(PostgreSQLError) {
        self.facts = facts
        self.way = way
        name = try SQL.name(schema: relation.name.schema.bytes, name: relation.name.name.bytes)
    }

    /// Bytes of the beginning of a value that are looked at: bytes that are no compressed stream hardly ever look like one for
    /// so long.
    static let headBytes = 512
    /// Bytes before each beginning in what comes back: the number of chunks, and its length.
    static let recordHeader = 8

    /// Settings under which rows come by the index, and in its order.
    static let settings: [SQL] = [
        ReadTransaction.byPlaces,
        """
        SELECT pg_catalog.set_config('enable_bitmapscan', 'off', true), pg_catalog.set_config('enable_sort', 'off', true),
               pg_catalog.set_config('enable_hashagg', 'off', true)
        """,
    ]

    /// The values from `$1` down, at most `$2`: their number, all their chunks, the least id, the most chunks of one, the most
    /// chunks of one whose beginning is missing, the beginnings of those that may have more than `$3` bytes, and the relation
    /// that has the name `$4`.
    var statement: SQL {
        """
        WITH RECURSIVE \(steps)v(id, n) AS (
          \(values)
        ), known(least) AS (
          SELECT GREATEST($3::pg_catalog.int8, pg_catalog.max(v.n)::pg_catalog.int8 * \(facts.chunkSize)) FROM v)
        SELECT pg_catalog.count(*), coalesce(pg_catalog.sum(v.n), 0)::pg_catalog.int8, pg_catalog.min(v.id),
               coalesce(pg_catalog.max(v.n), 0)::pg_catalog.int8,
               coalesce(pg_catalog.max(v.n) FILTER (WHERE \(mayBeLarger) AND d.head IS NULL), 0)::pg_catalog.int8,
               pg_catalog.string_agg(CASE WHEN \(size) > k.least
                 THEN pg_catalog.int4send(v.n) || pg_catalog.int4send(pg_catalog.octet_length(d.head)) || d.head END, NULL),
               pg_catalog.to_regclass($4)::pg_catalog.oid
          FROM v CROSS JOIN known k
          LEFT JOIN LATERAL (
            SELECT pg_catalog.substr(c.chunk_data, 1, \(Self.headBytes)) AS head FROM \(name) c
             WHERE \(mayBeLarger) AND c.chunk_id = v.id AND c.chunk_seq = 0 OFFSET 0) d ON true
        """
    }

    /// Whether a value can be larger than what is known, compressed as far as is possible at all.
    private var mayBeLarger: SQL {
        facts.isLittleEndian
            ? "v.n::pg_catalog.int8 * \(facts.chunkSize * SizeBound.expansion) > k.least" : "false"
    }

    /// The size that a beginning tells of, taken for that of a compressed value.
    private var size: SQL {
        let bytes = (0..<4).map { index -> SQL in
            let byte: SQL = "pg_catalog.get_byte(d.head, \(index))"
            return switch index {
            case 0: byte
            case 3: "((\(byte) & 63) << 24)"
            default: "(\(byte) << \(8 * index))"
            }
        }
        return "(\(bytes.joined(separator: " | ")))"
    }

    /// The steps to the last entry of each value.
    private var steps: SQL {
        guard way == .lastEntry else { return "" }
        return """
            w(id, n, step) AS (
              (SELECT t.chunk_id, t.chunk_seq + 1, 1::pg_catalog.int8 FROM \(name) t WHERE t.chunk_id <= $1::pg_catalog.oid
                ORDER BY t.chunk_id DESC, t.chunk_seq DESC LIMIT 1)
              UNION ALL
              SELECT x.id, x.n, w.step + 1 FROM w CROSS JOIN LATERAL (
                SELECT t.chunk_id, t.chunk_seq + 1 FROM \(name) t WHERE t.chunk_id < w.id
                 ORDER BY t.chunk_id DESC, t.chunk_seq DESC LIMIT 1) x(id, n) WHERE w.step < $2::pg_catalog.int8
            ),
            """
    }

    private var values: SQL {
        switch way {
        case .everyEntry:
            """
            SELECT t.chunk_id, pg_catalog.max(t.chunk_seq) + 1 FROM \(name) t WHERE t.chunk_id <= $1::pg_catalog.oid
             GROUP BY t.chunk_id ORDER BY t.chunk_id DESC LIMIT $2::pg_catalog.int8
            """
        case .lastEntry: "SELECT w.id, w.n FROM w"
        }
    }

    /// The values for the parameters.
    func binds(
        _ window: ToastWindow, knowing least: ByteCount
    ) throws(PostgreSQLError) -> [Bind] {
        [.int8(Int64(window.upTo)), .int8(Int64(window.count)), .int8(least.bytes), .textBytes(name.bytes)]
    }
}

/// Values of a TOAST relation that are looked at together.
struct ToastWindow: Sendable, Codable, Hashable {
    /// The largest id (`chunk_id`).
    let upTo: UInt32
    /// How many at most.
    let count: Int

    /// The first half; nil for a single value.
    ///
    /// What comes behind it is only known when it was read.
    var firstHalf: ToastWindow? { count > 1 ? ToastWindow(upTo: upTo, count: count / 2) : nil }
}

/// What a statement of ``ToastWalk`` says.
struct ToastAnswer {
    let values: Int
    let chunks: Int64
    /// The smallest id; nil where there was no value.
    let leastID: UInt32?
    let mostChunks: Int64
    /// Chunks of the largest value whose beginning is missing; 0 where none is.
    let mostHeadless: Int64
    /// What may be compressed, with the number of chunks.
    let beginnings: [(chunks: Int64, bytes: ArraySlice<UInt8>)]
    /// The relation that has the name.
    let relation: UInt32?

    /// Reads the row.
    init(_ row: borrowing Row) throws(PostgreSQLError) {
        (values, chunks) = (Int(try row.int64(0)), try row.int64(1))
        leastID = row.isNull(2) ? nil : try row.uint32(2)
        (mostChunks, mostHeadless) = (try row.int64(3), try row.int64(4))
        relation = row.isNull(6) ? nil : try row.uint32(6)
        var rest = (try row.optionalBytes(5) ?? [])[...]
        var beginnings: [(chunks: Int64, bytes: ArraySlice<UInt8>)] = []
        while !rest.isEmpty {
            let header = rest.prefix(ToastWalk.recordHeader)
            let (chunks, length) = (Self.number(header.prefix(4)), Int(Self.number(header.dropFirst(4))))
            rest = rest.dropFirst(ToastWalk.recordHeader)
            guard header.count == ToastWalk.recordHeader, length > 0, length <= rest.count else {
                throw .protocolViolation("beginnings of values are cut short")
            }
            beginnings.append((chunks, rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        self.beginnings = beginnings
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64 {
        bytes.reduce(0) { $0 << 8 | Int64($1) }
    }
}
