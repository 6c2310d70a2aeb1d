import Foundation
import LOBAdvice
import TestSupport
import Testing

@testable import lobscope

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

    @Test func aQuietSurveyThatEndsWellSaysNothing() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        for (option, isQuiet) in [("--quiet", true), ("--jobs=1", false)] {
            let outcome = try await scratch.shell(
                """
                touch pause; (sleep 0.5; rm pause) &
                lobscope profile "$CONNINFO" --pause-file pause --out "report\(option)" \(option)
                """, environment: ["CONNINFO": database.conninfo()])
            #expect(outcome.status == 0)
            #expect(outcome.stderr.isEmpty == isQuiet, "\(outcome.errorOutput)")
            #expect(outcome.output.contains("\nreport: "))
        }
    }

    private static func figures() -> ProgressFigures {
        var figures = ProgressFigures()
        (figures.planned, figures.read) = (295_680, 52_800)
        (figures.tables, figures.finished, figures.seconds) = (12, 3, 9.13)
        figures.current = RelationName(schema: Identifier("orders"), name: Identifier("document"))
        return figures
    }

    /// What matters less goes first, then the end of the name.
    @Test func figuresAreInMegabytesAndFitTheTerminal() {
        var figures = Self.figures()
        let whole = "orders.document  412 of 2,310 MB  17 %  3 of 12 tables  0:42 left"
        #expect(figures.line() == whole)
        #expect(figures.line(width: 80) == whole)
        #expect(figures.line(width: 49) == "orders.document  412 of 2,310 MB  17 %  0:42 left")
        #expect(figures.line(width: 40) == "orders.document  17 %  0:42 left")
        figures.current = RelationName(
            schema: Identifier("orders"), name: Identifier(String(repeating: "x", count: 200)))
        for width in 40...200 {
            let line = figures.line(width: width)
            #expect(line.count <= width && line.hasPrefix("orders.x"), "\(line)")
            #expect(line.hasSuffix("0:42 left"), "\(line)")
        }
        figures.current = RelationName(schema: Identifier("表"), name: Identifier("文書文書文書文書文書文書文書"))
        #expect(figures.line(width: 40).unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 1 : 2) } <= 40)
    }

    @Test func aPauseIsToldBeforeTheFigures() {
        var figures = Self.figures()
        figures.pause = ("a replica is 12 s behind, more than --max-lag 10s", 5, 3900)
        #expect(figures.line().hasPrefix("paused 0:05 of at most 1:05:00: a replica is 12 s behind, "))
        let narrow = figures.line(width: 40)
        #expect(narrow.count <= 40 && narrow.hasSuffix("…  17 %"), "\(narrow)")
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
