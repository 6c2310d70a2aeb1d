import EphemeralPostgreSQL
import PostgreSQLClient

/// Row 9: a sample of ten million rows with one text column.
struct NarrowTable {
    let bench: Bench

    func measure() async throws -> [Measured] {
        try await bench.create(
            "narrow",
            """
            CREATE TABLE narrow (id int, c text);
            INSERT INTO narrow SELECT i, repeat('x', i % 37) FROM generate_series(1, \(bench.scaled(10_000_000))) i;
            """)
        try await bench.log(statementsIn: "narrow")
        bench.note("row 9")
        var connection = try bench.connection("narrow")
        let pairs = try await bench.interleave {
            let log = StatementLog(bench.server)
            let sample = ["--method", "sample", "--sample-by", "blocks", "--sample-percent", "1%"]
            _ = try await bench.profile("narrow", sample + ["--jobs", "1"])
            return try log.entries(of: "lobscope", from: "\"narrow\"").busy
        } _: {
            let log = StatementLog(bench.server)
            try connection.execute("SELECT count(*), max(octet_length(c)) FROM narrow TABLESAMPLE SYSTEM (1)")
            return try log.entries(of: "baseline").busy
        }
        let against = "TABLESAMPLE SYSTEM (1) with count"
        var hands: [Measured] = []
        for (what, figures) in [
            ("the largest value in as many blocks by their places", "max(octet_length(c))"),
            (
                "all sizes in them, as a histogram needs",
                "length(string_agg(int4send(octet_length(c)), NULL))"
            ),
        ] as [(String, SQL)] {
            hands.append(
                try await bench.byHand(
                    9, what,
                    """
                    SELECT sum(n), max(figure) FROM generate_series(0, pg_relation_size('narrow') / 8192 - 1, 100) b CROSS JOIN LATERAL (
                        SELECT count(*) AS n, \(figures) AS figure FROM narrow
                         WHERE ctid >= ('(' || b || ',0)')::tid AND ctid < ('(' || b + 1 || ',0)')::tid) s
                    """, against: against,
                    "SELECT count(*), max(octet_length(c)) FROM narrow TABLESAMPLE SYSTEM (1)", in: "narrow"))
        }
        try await bench.server.psql("DROP DATABASE narrow WITH (FORCE)")
        return [
            Measured(
                9, "1 % block sample of 10 M rows, warm, --jobs 1",
                against: against, pairs, atMost: 1.2)
        ] + hands
    }
}
