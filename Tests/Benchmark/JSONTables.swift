import EphemeralPostgreSQL
import PostgreSQLClient

/// Row 7: json of log-normal sizes, stored plain and compressed.
struct JSONTables {
    let bench: Bench

    func measure() async throws -> [Measured] {
        [
            try await compare("plain", storage: "EXTERNAL", "json, exact, stored plain", atMost: 0.4),
            try await bench.byHand(
                7, "stored sizes where headers tell them, else the text", Self.byHeaders,
                against: "max(octet_length(j::text))", Self.texts, in: "json_plain"),
            try await measureCompressed(on: "without TOAST headers"),
            try await bench.byHand(
                7, "the same statement", Self.byHeaders, against: "max(octet_length(j::text))", Self.texts,
                in: "json_packed"),
        ]
    }

    /// Compressed values: 17 and later show where their headers are.
    func measureCompressed(on what: String) async throws -> Measured {
        let isNewer = bench.server.serverVersion >= 170_000
        return try await compare(
            "packed", storage: "EXTENDED", "json, exact, compressed, \(what)", atMost: isNewer ? 0.4 : 1.1)
    }

    /// The line of a server that was not there.
    static let newerIsMissing = Measured(
        7, "json, exact, compressed, 17+ (no such server here: script/bench fetches one)", value: .nan,
        atMost: 0.4, .ratio)

    private static let texts: SQL = "SELECT max(octet_length(j::text)) FROM documents"
    private static let byHeaders: SQL = """
        SELECT max(CASE WHEN pg_column_size(j) > 8192 AND pg_column_compression(j) IS NULL THEN pg_column_size(j)
          ELSE octet_length(j::text) END) FROM documents
        """

    private func compare(
        _ name: String, storage: String, _ work: String, atMost limit: Double
    ) async throws -> Measured {
        try await bench.create("json_\(name)", script(storage: storage))
        bench.note("row 7: \(name)")
        var connection = try bench.connection("json_\(name)")
        let pairs = try await bench.interleave {
            try await bench.profile("json_\(name)", ["--method", "full", "--jobs", "1"]).milliseconds
        } _: {
            try bench.query(&connection, Self.texts)
        }
        return Measured(7, work, against: "max(octet_length(j::text))", pairs, atMost: limit)
    }

    /// Sizes of a log-normal distribution around 2 kB, of entries that compress as records do.
    private func script(storage: String) -> String {
        """
        CREATE TABLE documents (id int PRIMARY KEY, j json);
        ALTER TABLE documents ALTER j SET STORAGE \(storage);
        SELECT setseed(0.5);
        INSERT INTO documents SELECT i, ('[' || string_agg(format(
                '{"id":%s,"mail":"user%s@example.com","amount":%s.%s,"state":"open"}', i::bigint * k, k::bigint * 7919 % 10007,
                k * 31 % 997, k % 100), ',') || ']')::json
          FROM (SELECT i, least(20000, 1 + exp(3.3 + 1.2 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())))::int
                  AS n FROM generate_series(1, \(bench.scaled(320_000))) i) s, generate_series(1, s.n) k
         GROUP BY i;
        """
    }
}
