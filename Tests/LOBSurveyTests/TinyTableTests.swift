import EphemeralPostgreSQL
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// Tables that are read in a moment share transactions; what is wrong with one of them costs only that one.
@Suite(.timeLimit(.minutes(3))) struct TinyTableTests {
    private static let count = 400

    /// So many tables with rows, with values outside of them, and without any row.
    private static let tables = """
        DO $$ BEGIN
            FOR i IN 1..\(count) LOOP
                EXECUTE format('CREATE TABLE t%s (id int, a text, b jsonb)', i);
                EXECUTE format('ALTER TABLE t%s ALTER a SET STORAGE EXTERNAL', i);
                IF i % 10 > 0 THEN
                    EXECUTE format('INSERT INTO t%s SELECT k, repeat(''x'', k * %s), jsonb_build_array(k) FROM generate_series(1, 20) k',
                                   i, CASE WHEN i % 10 = 1 THEN 1 + i ELSE i / 10 END);
                END IF;
            END LOOP;
        END $$;
        """

    private func survey(_ cluster: EphemeralCluster, isConsistent: Bool = false) async throws -> Profile {
        let options = SurveyOptions(jobs: 2, isConsistent: isConsistent)
        return try await Survey(try Conninfo(cluster.conninfo()), options: options).run()
    }

    /// The rows and the bytes of all tables, as SQL counts them.
    private func expected(_ cluster: EphemeralCluster) async throws -> String {
        try await cluster.psql(
            """
            SELECT count(*), sum(n), sum(s) FROM pg_class c, LATERAL (
                SELECT (xpath('//n/text()', x))[1]::text::int n, (xpath('//s/text()', x))[1]::text::int s
                  FROM query_to_xml(format('SELECT count(*) n, coalesce(sum(octet_length(a)), 0) s FROM %I', relname), true, true, '') x) q
             WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
            """)
    }

    private func found(_ profile: Profile) -> String {
        let texts = profile.tables.compactMap { $0.measurement("a") }
        return "\(texts.count)|\(texts.reduce(0) { $0 + $1.distribution.rows })|"
            + "\(texts.reduce(0) { $0 + $1.distribution.sum.bytes })"
    }

    @Test(arguments: [false, true]) func manyTinyTablesTakeFewTransactions(isConsistent: Bool) async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(Self.tables)
        try await cluster.psql("ANALYZE")
        let expected = try await expected(cluster)
        let commits = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
        let before = try #require(Int(try await cluster.psql(commits)))
        let profile = try await survey(cluster, isConsistent: isConsistent)
        #expect(profile.unmeasured == [])
        #expect(found(profile) == expected)
        #expect(profile.tables.filter { $0.measurement("a")?.stored?.external ?? 0 > 0 }.count > 10)
        // Sessions that ended have told what they did.
        let after = try #require(Int(try await cluster.psql(commits)))
        // How many tables share one follows the time that they take: on a busy machine fewer.
        #expect(after - before < Self.count / 2, "\(after - before) transactions")
        await cluster.stop()
    }

    @Test func aTableThatCannotBeReadCostsNoOther() async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(Self.tables)
        try await cluster.psql("DELETE FROM t25")
        try await cluster.psql("ANALYZE")
        let expected = try await expected(cluster)
        var holder = try Connection(Conninfo(cluster.conninfo()), applicationName: "holder")
        try holder.execute("BEGIN")
        try holder.execute("LOCK TABLE t33, t77, t133 IN ACCESS EXCLUSIVE MODE")
        let profile = try await survey(cluster)
        #expect(
            profile.unmeasured.map(\.subject) == ["public.t133", "public.t33", "public.t77"]
                && profile.unmeasured.allSatisfy { $0.reason == .lockTimeout })
        #expect(profile.tables.count { $0.measurement("a") != nil } == Self.count - 3)
        try holder.execute("ROLLBACK")
        #expect(found(try await survey(cluster)) == expected)
        await cluster.stop()
    }
}
