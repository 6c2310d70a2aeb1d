import EphemeralPostgreSQL
import PostgreSQLClient

/// Row 7: fifty thousand tables with ten columns each.
struct ManyTables {
    let bench: Bench

    func measure() async throws -> [Measured] {
        try await create()
        try await bench.log(statementsIn: "many")
        bench.note("row 7")
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
        let whole = "\(totals.median.fixed(1)) s and \(wholePeaks.median.fixed(0)) MiB"
        bench.note("row 7: whole runs, reports included, took \(whole)")
        return [
            Measured(7, "\(what): the largest catalog query", value: joins.median, atMost: 0.6, .seconds),
            Measured(
                7, "\(what): from start to the first chunk", value: phases.median, atMost: 2, .seconds),
            Measured(7, "\(what): memory while measuring", value: peaks.median, atMost: 256, .mebibytes),
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
