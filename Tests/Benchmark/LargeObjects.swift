import PostgreSQLClient

/// Row 8: large objects of fifty pages, and of two.
struct LargeObjects {
    let bench: Bench

    func measure() async throws -> [Measured] {
        try await compare("lo_fifty", objects: 24_000, bytes: 50 * 2048, atMost: 0.3)
            + compare("lo_two", objects: 700_000, bytes: 3000, atMost: 1.1)
    }

    private func compare(
        _ name: String, objects: Int, bytes: Int, atMost limit: Double
    ) async throws -> [Measured] {
        try await bench.create(name, script(objects: bench.scaled(objects), bytes: bytes))
        bench.note("row 8: \(name)")
        var connection = try bench.connection(name)
        let pairs = try await bench.interleave {
            try await bench.profile(name, ["--jobs", "1"]).milliseconds
        } _: {
            try bench.query(&connection, Self.grouped)
        }
        let pages = (bytes + 2047) / 2048
        return [
            Measured(
                8, "large objects of \(pages) pages, --jobs 1", against: "GROUP BY loid", pairs, atMost: limit
            ),
            try await bench.byHand(
                8, "the last page of each object by the index", Self.lastPages, against: "GROUP BY loid",
                Self.grouped, in: name),
        ]
    }

    private static let grouped: SQL = """
        SELECT count(*), max(size) FROM (SELECT loid, max(pageno * 2048::int8 + octet_length(data)) AS size
            FROM pg_largeobject GROUP BY loid) s
        """
    private static let lastPages: SQL = """
        SELECT count(*), max(p.pageno * 2048::int8 + octet_length(p.data)) FROM pg_largeobject_metadata m CROSS JOIN LATERAL (
            SELECT pageno, data FROM pg_largeobject WHERE loid = m.oid ORDER BY pageno DESC LIMIT 1) p
        """

    private func script(objects: Int, bytes: Int) -> String {
        """
        SELECT count(lo_from_bytea(0, base.data)) FROM generate_series(1, \(objects)), LATERAL (
            SELECT decode(string_agg(md5(k::text), ''), 'hex') AS data FROM generate_series(1, \(bytes / 16)) k) base;
        VACUUM ANALYZE pg_largeobject, pg_largeobject_metadata;
        """
    }
}
