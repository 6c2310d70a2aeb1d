import Foundation
import TestSupport
import Testing

/// What is told on standard error while a survey runs, and how it gives way.
@Suite(.database) struct ProgressTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private static func objects(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map { line in
            try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
        }
    }

    private static let common: Set = [
        "event", "seconds", "blocks", "blocksPlanned", "tables", "tablesPlanned",
    ]

    @Test func progressAsJSONIsOneObjectALine() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            SampleData.shop + "CREATE TABLE hidden (note text); CREATE ROLE progress_reader LOGIN;")
        try await database.psql("GRANT SELECT ON customer, \"order\" TO progress_reader")
        let outcome = try await scratch.lobscope(
            "profile", database.conninfo(user: "progress_reader"), "--progress", "json", "--out", "report")
        try await database.psql("DROP OWNED BY progress_reader; DROP ROLE progress_reader")
        #expect(outcome.status == 3)
        let objects = try Self.objects(outcome.errorOutput)
        let events = objects.compactMap { $0["event"] as? String }
        #expect(events.first == "planned")
        #expect(Set(events).isSuperset(of: ["planned", "finished", "unmeasured", "largeObjects"]))
        #expect(objects.allSatisfy { Self.common.isSubset(of: $0.keys) })
        #expect(objects.contains { $0["subject"] as? String == "public.hidden" })
        #expect(objects.last?["tables"] as? Int == 2)
        #expect(objects.last?["tablesPlanned"] as? Int == 2)
    }

    @Test func pausesAreToldAsJSON() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        let outcome = try await scratch.lobscope(
            "profile", database.conninfo(), "--progress", "json", "--pause-file", "/", "--max-pause", "1500ms"
        )
        #expect(outcome.status == 3)
        let pauses = try Self.objects(outcome.errorOutput).filter { $0["event"] as? String == "paused" }
        let pause = try #require(pauses.last)
        #expect(pause["reason"] as? String == "\"/\" is there")
        #expect(try #require(pause["pausedSeconds"] as? Double) > 0)
        #expect(pause["pauseLimitSeconds"] as? Double == 1.5)
        #expect(pause["blocks"] as? Int == 0)
    }

    @Test func pausesAreToldInPlainLines() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        let outcome = try await scratch.lobscope(
            "profile", database.conninfo(), "--pause-file", "/", "--max-pause", "500ms", "--out", "report")
        #expect(outcome.status == 3)
        let lines = outcome.errorOutput.split(separator: "\n")
        #expect(lines.first == "paused, for 0 s at most: \"/\" is there")
        #expect(lines.contains("warning: public.customer not measured: paused for too long (\"/\" is there)"))
        let quiet = try await scratch.lobscope(
            "profile", database.conninfo(), "--pause-file", "/", "--max-pause", "500ms", "--quiet")
        #expect(quiet.errorOutput.split(separator: "\n").allSatisfy { $0.hasPrefix("warning: ") })
        let report = try scratch.text("report/report.md")
        #expect(report.contains("pause file: 1 time"))
    }

    @Test func aTimeBudgetEndsWithAPartialReport() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        let outcome = try await scratch.lobscope(
            "profile", database.conninfo(), "--time-budget", "1ms", "--out", "report")
        #expect(outcome.status == 3)
        let report = try ReportJSON(try scratch.bytes("report/report.json"))
        #expect(!report.complete)
        #expect(report.unmeasured.contains { $0.reason == "the time budget was used up" })
    }

    @Test(arguments: [
        ["--max-load", "-1"], ["--max-load", "x"], ["--max-lag", "10 parsecs"], ["--max-lag", "-1s"],
        ["--nice", "-1"], ["--nice", "nan"], ["--time-budget", "0"], ["--time-budget", "1y"],
        ["--max-pause", "soon"], ["--pause-file", ""], ["--progress", "loud"],
    ])
    func wrongValuesAreRefused(arguments: [String]) async throws {
        let outcome = try await scratch.lobscope(["profile"] + arguments)
        #expect(outcome.status == 64)
        #expect(outcome.errorOutput.contains(arguments[0]))
    }
}
