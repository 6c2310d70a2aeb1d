import TestSupport
import Testing

/// Tables that may run code of their owners, seen from the command line.
@Suite(.database) struct TrustOwnersTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private static let mapping = """
        {"rules": [
          {"rule-type": "selection", "rule-id": "1", "rule-name": "a", "rule-action": "include",
           "object-locator": {"schema-name": "public", "table-name": "%"}}]}
        """
    private static let settings = """
        {"TargetMetadata": {"SupportLobs": true, "FullLobMode": false, "LimitedSizeLobMode": true, "LobMaxSize": 32}}
        """

    private func plant() async throws -> TestDatabase {
        let database = try TestDatabase.current
        try await database.psql(
            SampleData.shop + """

                CREATE ROLE "owner of \(database.name)";
                CREATE FUNCTION slug(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN lower($1); END';
                ALTER FUNCTION slug(text) OWNER TO "owner of \(database.name)";
                CREATE TABLE post (id int PRIMARY KEY, title text, body text);
                CREATE INDEX post_slug ON post (slug(title)); INSERT INTO post VALUES (1, 'Title', repeat('b', 100000));
                """)
        return database
    }

    @Test func suchATableIsLeftOutAndListedUnlessItsOwnerIsTrusted() async throws {
        let database = try await plant()
        let careful = try await scratch.lobscope("profile", database.conninfo(), "--out", "careful")
        #expect(careful.status == 3)
        let told =
            "public.slug() of \"owner of \(database.name)\" in index post_slug; the role is a superuser"
        #expect(careful.errorOutput.contains("warning: public.post not measured"))
        #expect(careful.errorOutput.contains(told))
        let report = try ReportJSON(try scratch.bytes("careful/report.json"))
        #expect(report.unmeasured.map(\.subject) == ["public.post"])
        #expect(report.table("post")?.mode == "unlimited")

        let planned = try await scratch.lobscope("plan", database.conninfo())
        #expect(planned.output.contains("Cannot be measured") && planned.output.contains("public.post"))
        #expect(planned.output.contains("--trust-owners"))
        let trusting = try await scratch.lobscope("plan", database.conninfo(), "--trust-owners")
        #expect(!trusting.output.contains("Cannot be measured"))

        let resumed = try await scratch.lobscope(
            "profile", database.conninfo(), "--out", "resumed", "--resume", "careful", "--trust-owners", "-v")
        #expect(resumed.status == 0, "\(resumed.errorOutput)")
        #expect(resumed.output.contains("[code-of-owner]"))
        #expect(try ReportJSON(try scratch.bytes("resumed/report.json")).unmeasured.isEmpty)
    }

    @Test func aPatchPlanReadsOnlyWhatTheSnapshotTrusts() async throws {
        let database = try await plant()
        try scratch.write(Array(Self.mapping.utf8), "mapping.json")
        try scratch.write(Array(Self.settings.utf8), "settings.json")
        for (flags, status) in [([], 1), (["--trust-owners"], 0)] as [([String], Int32)] {
            let report = "report\(status)"
            _ = try await scratch.lobscope(["profile", database.conninfo(), "--out", report] + flags)
            let plan = try await scratch.lobscope(
                "patch-plan", "mapping.json", "settings.json", "--against", report, "--source",
                database.conninfo())
            #expect(plan.status == status, "\(plan.errorOutput)")
            #expect(plan.errorOutput.contains("\"public.post\" is not read") == (status == 1))
        }
    }
}
