import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Synchronization
import TestSupport
import Testing

/// No value is larger than its bound: of tables with the sizes of real values in every way to store them, and while they change.
@Suite(.database, .timeLimit(.minutes(5))) struct ToastTruthTests {
    private static let sets = [
        "awscli_examples_rst", "botocore_doc_strings", "botocore_json_files", "botocore_shape_json",
        "debian_changelog_entries", "debian_changelog_files", "django_files", "fs_doc_gz_stored",
        "fs_other_toolchain", "fs_py_source", "fs_pyc", "fs_root_js", "fs_root_json", "fs_root_rst",
        "fs_rustdoc_html", "fs_usr_binary", "fs_usr_images", "fs_usr_json_yaml", "fs_usr_mo",
        "fs_usr_share_all", "fs_usr_text", "git_citus_blobs", "git_citus_blobs_out", "git_citus_patches",
        "git_dmsguide_blobs", "git_grdb_blobs", "git_grdb_trees", "git_jekyll_msgs", "git_ora2pg_patches",
        "git_pdfjs_blobs_js", "git_pdfjs_blobs_json", "git_pdfjs_blobs_pdf", "git_pgbackrest_blobs",
        "git_ripgrep_blobs", "git_swiftcoll_patches", "log_lines", "plotly_py", "py_docstrings",
        "py_function_source", "pypi_summary",
    ]
    private static let ways = [
        "external, ALTER t SET COMPRESSION pglz", "extended, ALTER t SET COMPRESSION pglz",
        "extended, ALTER t SET COMPRESSION lz4", "main, ALTER t SET COMPRESSION pglz",
        "main, ALTER t SET COMPRESSION lz4",
    ]

    /// Text that compresses more or less well, depending on the row.
    private static let script = """
        CREATE TABLE one (id int, t text);
        INSERT INTO one SELECT n, CASE n % 3 WHEN 0 THEN repeat('x', size) WHEN 1 THEN left(repeat(md5(n::text), size / 32 + 1), size)
          ELSE left((SELECT string_agg(md5((n * g)::text), '') FROM generate_series(1, size / 32 + 1) g), size) END
          FROM sizes;
        """

    @Test func twoHundredTablesOfRealSizes() async throws {
        let database = try TestDatabase.current
        var (truths, number) = ([String: Int64](), 0)
        for set in Self.sets {
            let sizes = try await RealSizes.read(set, limit: 4000).enumerated().filter { $0.offset % 40 == 0 }
                .map {
                    min($0.element, 1_500_000)
                }
            #expect(!sizes.isEmpty)
            let rows = sizes.enumerated().map { "(\($0.offset), \($0.element))" }.joined(separator: ",")
            var script =
                "CREATE TEMP TABLE sizes AS SELECT * FROM (VALUES \(rows)) v(n, size); \(Self.script)"
            for way in Self.ways {
                number += 1
                script +=
                    "CREATE TABLE t\(number) (id int, t text); ALTER TABLE t\(number) ALTER t SET STORAGE \(way);"
                // A value that is copied keeps its form: what is new is stored as the table says.
                script += "INSERT INTO t\(number) SELECT id, t || '' FROM one;"
                if number % 2 == 0 { script += "DELETE FROM t\(number) WHERE id % 5 = 1;" }
            }
            script += "DROP TABLE one;"
            try await database.psql(script)
        }
        for line in try await database.psql(
            (1...number).map { "SELECT 't\($0)', max(octet_length(t)) FROM t\($0)" }.joined(
                separator: " UNION ALL ")
        ).split(separator: "\n") {
            let fields = line.split(separator: "|")
            truths[String(fields[0])] = Int64(fields[1])
        }
        let profile = try await profileOfCurrent(plan: PlanOptions(method: .bound))
        #expect(profile.unmeasured == [] && number == 200 && truths.count == 200)
        var ratios: [Double] = []
        for (name, truth) in truths {
            let measurement = try #require(profile.table(name)?.measurement("t"))
            let bound = try #require(measurement.bound)
            #expect(bound.size.bytes >= truth, "\(name): \(bound), \(truth)")
            #expect((measurement.distribution.largest?.bytes ?? 0) <= truth, "\(name)")
            // Where the largest is larger than any value in a row can be, the bound is tight.
            if truth > 2_200_000 { ratios.append(Double(bound.size.bytes) / Double(truth)) }
            if let outside = bound.outside, truth > 100_000 { #expect(outside.isRead) }
        }
    }

    /// Values come and go while it is bounded: what was there when it began is held.
    @Test func aTableThatChanges() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (id int PRIMARY KEY, t text); ALTER TABLE t ALTER t SET STORAGE external;
            INSERT INTO t SELECT i, repeat('x', 2500000 + i * 100) FROM generate_series(1, 30) i;
            """)
        let isOver = Mutex(false)
        let writer = Task {
            var round = 0
            while !isOver.withLock({ $0 }) {
                round += 1
                try await database.psql(
                    """
                    UPDATE t SET t = repeat('y', 2700000 + \(round) * 7000 + id * 10) WHERE id % 7 = \(round % 7);
                    DELETE FROM t WHERE id = \(round % 30 + 1); INSERT INTO t VALUES (\(round % 30 + 1), repeat('z', 2700000 + \(round) * 7000));
                    \(round % 5 == 0 ? "VACUUM t;" : "")
                    """)
            }
            return round
        }
        let largest = "SELECT max(octet_length(t)) FROM t"
        for _ in 0..<15 {
            let before = try #require(Int64(try await database.psql(largest)))
            let profile = try await profileOfCurrent(
                plan: PlanOptions(method: .bound, histogram: .omitted), jobs: 2)
            let table = try #require(profile.table("t"))
            #expect(table.reading?.certainty == .oneMoment)
            let bound = try #require(table.measurement("t")?.bound?.size.bytes)
            let after = try #require(Int64(try await database.psql(largest)))
            // Each value that comes is larger than all before it; the last chunk of a value may be full or not.
            #expect(before <= bound && bound < after + 2000)
        }
        isOver.withLock { $0 = true }
        #expect((try await writer.value) > 3)
        let truth = try #require(Int64(try await database.psql(largest)))
        let profile = try await profileOfCurrent(plan: PlanOptions(method: .bound, histogram: .omitted))
        let bound = try #require(profile.table("t")?.measurement("t")?.bound?.size.bytes)
        #expect(bound >= truth && bound < truth + 4000)
    }
}
