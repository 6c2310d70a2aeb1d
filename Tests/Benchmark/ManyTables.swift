import EphemeralPostgreSQL
import PostgreSQLClient

/// Rows 10 and 11: fifty thousand tables with ten columns each, and thirty thousand LOB columns.
struct ManyTables {
    let bench: Bench

    func measure(_ wanted: Set<Int>) async throws -> [Measured] {
        (wanted.contains(10) ? try await tables() : []) + (wanted.contains(11) ? try await columns() : [])
    }

    private func columns() async throws -> [Measured] {
        bench.note("creating columns")
        try await bench.server.createDatabase("columns")
        let tables = bench.scaled(5000)
        for first in stride(from: 1, through: tables, by: 1000) {
            try await bench.server.psql(
                """
                DO $$ BEGIN FOR i IN \(first)..\(min(first + 999, tables)) LOOP
                    EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, a text, b text, c jsonb, d bytea, e varchar(500), f json)', i);
                    EXECUTE format('INSERT INTO t%s SELECT g, repeat(md5(g::text), 1 + (g * %s) %% 40), repeat(chr(120), g),
                        jsonb_build_object(1, g), md5(g::text)::bytea, md5(g::text) FROM generate_series(1, 30) g', i, i);
                END LOOP; END $$;
                """, database: "columns")
        }
        try await bench.server.psql("VACUUM ANALYZE", database: "columns")
        bench.note("row 11")
        var (seconds, pages, renders): ([Double], [Double], [Double]) = ([], [], [])
        for _ in 0..<min(bench.repeats, 3) {
            let run = try await bench.profile("columns", [], keeping: true)
            seconds.append(run.processorSeconds)
            pages.append(run.megabytes(of: "report.html"))
            renders.append(try run.render("report-json") - run.render("lob-table-csv"))
            run.remove()
        }
        try await bench.server.psql("DROP DATABASE columns")
        let what = "\(6 * tables) LOB columns in \(tables) tables"
        return [
            Measured(11, "\(what): own processor time", value: seconds.median, atMost: 5, .seconds),
            Measured(11, "\(what): report.html", value: pages.median, atMost: 6, .megabytes),
            Measured(
                11, "\(what): report.json, what it takes more than lob-table.csv from the same snapshot",
                value: renders.median,
                atMost: 1,
                .seconds),
        ]
    }

    private func tables() async throws -> [Measured] {
        try await create()
        try await bench.log(statementsIn: "many")
        bench.note("row 10")
        var (joins, phases, peaks): ([Double], [Double], [Double]) = ([], [], [])
        var (totals, wholePeaks): ([Double], [Double]) = ([], [])
        for turn in 0...min(bench.repeats, 1) {
            let log = StatementLog(bench.server)
            let run = try await bench.profile("many", [])
            let entries = try log.entries(of: "lobscope")
            guard turn > 0, let first = entries.first(where: { $0.text.contains("FROM ONLY") }) else {
                continue
            }
            let catalog = entries.filter { $0.end <= first.start + 1 }
            joins.append((catalog.map(\.milliseconds).max() ?? .nan) / 1000)
            phases.append((first.start - run.startedAt) / 1000)
            peaks.append(run.peakMebibytes(until: entries.map(\.end).max() ?? .nan))
            wholePeaks.append(run.peakMebibytes())
            totals.append(run.milliseconds / 1000)
        }
        let tables = bench.scaled(50_000)
        let what = "\(tables) tables, \(10 * tables) columns"
        try await bench.server.psql("DROP DATABASE many")
        bench.note("row 10: the largest catalog query took \(joins.median.fixed(2)) s")
        return [
            Measured(
                10, "\(what): from start to the first chunk", value: phases.median, atMost: 2, .seconds),
            Measured(10, "\(what): the whole run with reports", value: totals.median, atMost: 25, .seconds),
            Measured(10, "\(what): memory while measuring", value: peaks.median, atMost: 512, .mebibytes),
            Measured(
                10, "\(what): memory of the whole run", value: wholePeaks.median, atMost: 512, .mebibytes),
        ]
    }

    /// In portions, because each table holds locks until its transaction ends.
    private func create() async throws {
        bench.note("creating many")
        try await bench.server.createDatabase("many")
        let tables = bench.scaled(50_000)
        for first in stride(from: 1, through: tables, by: 2500) {
            try await bench.server.psql(
                """
                DO $$ BEGIN FOR i IN \(first)..\(min(first + 2499, tables)) LOOP
                    EXECUTE format('CREATE TABLE t%s (id int, a text, b text, c jsonb, d bytea, e int, f int8,
                        g timestamptz, h numeric, i varchar(20))', i);
                    IF i % 5 = 0 THEN EXECUTE format('INSERT INTO t%s (id, a) VALUES (1, ''x'')', i); END IF;
                END LOOP; END $$;
                """, database: "many")
        }
        try await bench.server.psql(
            "VACUUM (FREEZE, ANALYZE) pg_class; VACUUM (FREEZE, ANALYZE) pg_attribute", database: "many")
    }
}
