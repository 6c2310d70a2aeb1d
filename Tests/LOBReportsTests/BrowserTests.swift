import Foundation
import LOBAdvice
import SizeStatistics
import Testing

@testable import LOBReports

/// report.html in a real browser: it computes what the program computes, runs nothing of the names, and asks for
/// nothing.
@Suite struct BrowserTests {
    private static let report = GoldenReport.report
    private static let sizes = [1, 31, 32, 63, 64, 100, 128, 300, 500, 639, 648, 810, 4096, 102_400]

    /// The first Chromium of the PATH.
    static let browser: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let programs = ["chromium", "chromium-browser", "google-chrome"].flatMap { name in
            folders.map { "\($0)/\(name)" }
        }
        return programs.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    static var isExpected: Bool {
        browser != nil || ProcessInfo.processInfo.environment["CI"] == "true"
    }

    @Test(.enabled(if: isExpected, "Chromium is not installed"))
    func theReportAnswersWhatIfAndRunsNothingElse() throws {
        let browser = try #require(Self.browser, "Chromium is not installed")
        try Python.withFolder { folder in
            try Data(Self.report.render(.html)).write(to: folder.appendingPathComponent("report.html"))
            try Data(ComparisonReport(GoldenComparison.later).render(.html)).write(
                to: folder.appendingPathComponent("comparison.html"))
            try Data(try Self.expected().compactBytes).write(
                to: folder.appendingPathComponent("expected.json"))
            let pictures = ProcessInfo.processInfo.environment["REPORT_PICTURES"].map { [$0] } ?? []
            let (status, output) = try Python.run(
                [Python.script("check_browser.py"), browser, folder.path] + pictures)
            #expect(status == 0, "\(output)")
        }
    }

    /// The tables as the page numbers them.
    private static var tables: [TableRecommendation] {
        report.recommendation.tables.filter { !$0.columns.isEmpty }
    }

    private static func expected() throws -> JSONValue {
        let shown = tables.filter { $0.hasLOBs && $0.isMigrated }
        let changed = try #require(tables.firstIndex { $0.name.losslessText == "public.events" })
        return .members([
            "names": .array(shown.map { .text(VisibleText.escape($0.name)) }),
            "effects": .array(effects),
            "printed": .array(printed),
            "mapping": report.recommendation.mapping.json,
            "change": .members([
                "table": .integer(changed), "size": .integer(4096),
                "leaves": .array(
                    tables[changed].leaves.map {
                        .array([.text($0.schema.losslessText), .text($0.name.losslessText)])
                    }
                ),
            ]),
            "changedTask": task(with: Kibibytes(4096), for: tables[changed].name).json,
        ])
    }

    /// The beginnings of rows of the LOB table that print as they are: names of letters alone, which no line divides.
    private static var printed: [JSONValue] {
        let shown = tables.filter { $0.hasLOBs && $0.isMigrated && $0.limit != nil }
        let plain = shown.filter { table in
            (table.name.schema.bytes + table.name.name.bytes).allSatisfy { 0x61...0x7A ~= $0 }
        }
        return plain.map { table in
            .array([
                .text(table.name.losslessText),
                .text("\(table.limit?.count ?? 0) \(table.isTruncationOK ? "Yes" : "No") "),
            ])
        }
    }

    /// What each size does to each table with a name of our own.
    private static var effects: [JSONValue] {
        tables.enumerated().flatMap { index, table -> [JSONValue] in
            guard table.name.schema != Identifier("hostile"), table.hasLOBs, table.isMigrated else {
                return []
            }
            return sizes.map { size in
                .members([
                    "table": .integer(index), "size": .integer(size),
                    "cut": .text(cut(table, Kibibytes(size))),
                    "estimate": estimate(table, Kibibytes(size)),
                    "risk": real(risk(table, Kibibytes(size), share: 1)),
                    "riskOneStepLower": real(risk(table, Kibibytes(size), share: 15.0 / 17)),
                ])
            }
        }
    }

    private static func real(_ number: Double?) -> JSONValue {
        number.map { .number(Array("\($0)".utf8)) } ?? .null
    }

    private static func held(_ column: ColumnRecommendation, _ size: Kibibytes) -> ByteCount {
        report.profile.policy.sizing.largestSize(
            fitting: size.bytes, lobClass: column.profile.column.lobClass,
            utf8BytesPerByte: report.profile.server.utf8BytesPerByte)
    }

    private static func lobs(_ table: TableRecommendation) -> [ColumnRecommendation] {
        table.columns.filter { $0.profile.column.lobClass != .none }
    }

    /// What `render --limit` says.
    private static func answer(_ table: TableRecommendation, _ size: Kibibytes) -> CutCurve.Rows? {
        Recommender(report.profile).answer(for: table, at: size)?.cut
    }

    private static func cut(_ table: TableRecommendation, _ size: Kibibytes) -> String {
        answer(table, size).map(CutText.count) ?? "not known"
    }

    /// Expected values with their interval; null where they are counted.
    private static func estimate(_ table: TableRecommendation, _ size: Kibibytes) -> JSONValue {
        guard case .estimated(let expected, let interval)? = answer(table, size) else { return .null }
        return .array([expected, interval.lowerBound, interval.upperBound].map { real($0) })
    }

    private static func risk(_ table: TableRecommendation, _ size: Kibibytes, share: Double) -> Double? {
        let risks = lobs(table).map { column in
            let bytes = Double(held(column, size).bytes) * share
            // Every value that was seen is known: to be more careful than 1 is not possible.
            return column.estimate.risk(above: ByteCount(Int64(bytes)))
        }
        return risks.contains(nil) ? nil : 1 - risks.compactMap(\.self).reduce(1) { $0 * (1 - $1) }
    }

    private static func task(with size: Kibibytes, for name: RelationName) -> TaskSettings {
        let tables = report.profile.tables.filter { $0.relation.kind.isMigratable }.map { part in
            let table = report.recommendation.tables.first { $0.name == part.relation.logicalName }
            let isChanged = part.relation.logicalName == name
            return TaskTable(
                name: part.relation.name, mode: isChanged ? .limited : table?.mode ?? .none,
                bulkMaxSize: isChanged ? size : table?.bulkMaxSize ?? Kibibytes(0),
                hasPrimaryKeyAndOtherUniqueIndex: part.relation.hasPrimaryKeyAndOtherUniqueIndex,
                hasKey: part.relation.hasKey, isTruncationOK: table?.isTruncationOK ?? false)
        }
        let recommended = report.recommendation.task
        return TaskSettings(
            tables: tables, loads: report.profile.policy.migrationType.includesFullLoad
        ).with(
            commitRate: recommended.commitRate, hasControlTables: recommended.hasControlTables)
    }
}
