import Foundation
import LOBAdvice
import LOBReports
import SizeStatistics
import TestSupport
import Testing

/// What is not known is never a number, whatever the format: random profiles with random unknown parts.
@Suite struct UnknownTests {
    /// A random profile in every format.
    private struct Case {
        let seed: UInt64
        let random: RandomProfile
        let report: Report
        let files: [ReportFormat: [UInt8]]

        init(seed: UInt64) {
            self.seed = seed
            random = RandomProfile(seed: seed, shape: seed)
            let report = random.report
            self.report = report
            files = Dictionary(
                uniqueKeysWithValues: ReportFormat.allCases.map { ($0, report.render($0)) })
        }

        func lines(_ format: ReportFormat) -> [String] { UnknownTests.lines(files[format] ?? []) }
    }

    private static let cases = (UInt64(0)..<200).map(Case.init)

    @Test func noFormatPrintsWhatOnlyTheCatalogEstimates() {
        for entry in Self.cases {
            for (format, text) in entry.files {
                #expect(!Self.hasSentinel(text), "\(format) of \(entry.seed)")
            }
            #expect(
                !Self.hasSentinel(SnapshotReport(entry.report.profile, digest: "").render(.text)),
                "show of \(entry.seed)")
        }
    }

    /// The rule is what the files hold, and no figure of the table.
    private static func withoutRule(_ line: String) -> String {
        [8, 16, 32, 64].reduce(line) {
            $0.replacingOccurrences(of: "unlimited, inline up to \($1) KB", with: "unlimited")
        }
    }

    @Test func rowsOfUnmeasuredTablesHaveNoFigures() throws {
        for entry in Self.cases {
            let (seed, report) = (entry.seed, entry.report)
            let tables = report.recommendation.tables.filter { !$0.isMeasured }.map(\.name.losslessText)
            let columns = report.recommendation.tables.flatMap(\.columns).filter {
                $0.profile.measurement == nil
            }.map { "\($0.relation.losslessText).\($0.profile.column.name.losslessText)" }
            for format in [ReportFormat.text, .markdown, .lobTableMarkdown, .lobTableCSV] {
                let lines = entry.lines(format).map(Self.withoutRule)
                for name in tables {
                    let rows = lines.filter { Self.isRow($0, of: name) }
                    #expect(!rows.isEmpty, "\(name) is not in \(format) of \(seed)")
                    #expect(rows.allSatisfy { !Self.hasDigit($0) }, "\(rows) in \(format) of \(seed)")
                }
                let rows = lines.filter { line in columns.contains { Self.isRow(line, of: $0) } }
                #expect(rows.allSatisfy { !Self.hasDigit($0) }, "\(rows) in \(format) of \(seed)")
            }
            for row in entry.lines(.html).filter({ $0.hasPrefix("<tr id=") })
            where tables.contains(where: { row.contains(">\($0)<") }) {
                #expect(!Self.hasDigit(Self.withoutRule(Self.withoutTags(row))), "\(row) of \(seed)")
            }
        }
    }

    @Test func reportJSONHasNullForEveryUnknown() throws {
        for entry in Self.cases {
            let (seed, random, report) = (entry.seed, entry.random, entry.report)
            let json = try JSONValue(parsing: try #require(entry.files[.json]))
            let tables = try #require(json["tables"]?.elements)
            for (table, parsed) in zip(random.profile.tables, tables) {
                try Self.check(table, parsed, report, "\(table.relation.name.losslessText) of \(seed)")
            }
            Self.check(random.profile.largeObjects, json, entry.lines(.text), "\(seed)")
            let replica = random.profile.certificate?.replica
            if let replica, replica.replayedAt == nil {
                #expect(json["certificate"]?["replica"]?["replayedAt"] == .null)
                #expect(entry.lines(.markdown).contains { $0.contains("is not known") })
            }
            if random.profile.certificate == nil, random.profile.tables.allSatisfy({ $0.reading == nil }) {
                #expect(json["certificate"] == .null)
            }
        }
    }

    @Test func highestAndLargestSayOverHowManyTheyAre() throws {
        for entry in Self.cases {
            let (seed, report) = (entry.seed, entry.report)
            let columns = report.recommendation.tables.flatMap(\.columns)
            let unknown = columns.count { $0.profile.measurement == nil }
            guard unknown > 0 else { continue }
            let lines = Self.lines(TerminalReport.render(report, width: 1000, isWhole: true))
            let largest = try #require(lines.first { $0.hasPrefix("Largest value ") })
            let isNothing = unknown == columns.count
            #expect(
                isNothing
                    ? largest.contains("not known") && !Self.hasDigit(largest)
                    : largest.contains("over \(columns.count - unknown) of \(columns.count) LOB column"),
                "\(largest) of \(seed)")
            let risk = try #require(lines.first { $0.hasPrefix("Values cut ") })
            let known = report.recommendation.tables.count { $0.risk != nil }
            #expect(
                risk.contains("risk not known")
                    || risk.contains("over \(known) of \(report.recommendation.tables.count) table"),
                "\(risk) of \(seed)")
        }
    }

    @Test func comparisonsAndSumsOfUnknownPartsAreUnknown() throws {
        for seed in UInt64(0)..<60 {
            let old = RandomProfile(seed: seed, shape: seed)
            let new = RandomProfile(seed: seed + 1000, shape: seed)
            let comparison = Comparison(old: old.profile, new: new.profile)
            for format in PageFormat.allCases {
                let text = ComparisonReport(comparison).render(format)
                #expect(!Self.hasSentinel(text), "\(format) of \(seed)")
            }
            for change in comparison.tables where !change.isCompared {
                #expect(!change.worsenings.contains { if case .noLongerKnown = $0 { false } else { true } })
                let state = try #require(change.old?.isMeasured == false ? change.old : change.new)
                #expect(state.rows == .notKnown && state.limit == nil && state.risk == nil)
            }
            try Self.checkSum(old, RandomProfile(seed: seed + 2000, shape: seed, database: "other"))
        }
    }

    private static func checkSum(_ one: RandomProfile, _ other: RandomProfile) throws {
        guard
            let sum = try? ProfileMerge().merge(
                .init(one.profile, digest: "a"), [.init(other.profile, digest: "b")])
        else { return }
        let report = Report(profile: sum, recommendation: Recommender(sum).recommend())
        for format in ReportFormat.allCases { #expect(!hasSentinel(report.render(format)), "\(format)") }
        for table in sum.tables
        where one.unmeasured.contains(table.relation.name) || other.unmeasured.contains(table.relation.name) {
            #expect(table.rowFigure == .notKnown)
        }
    }

    /// Large objects whose sizes may not be read are "not known", and a sum with some of them "at least".
    private static func check(
        _ objects: LargeObjectSummary?, _ json: JSONValue, _ text: [String], _ place: String
    ) {
        let found = json["largeObjects"]
        guard let objects, objects.sizes.count > 0 else {
            #expect(found?["totalBytes"] == .null && found?["largestBytes"] == .null, "\(place)")
            #expect(!text.contains { $0.hasPrefix("Large objects") && $0.contains(" 0 B") }, "\(place)")
            return
        }
        // Read in no known moment: an estimate of all, and a lower bound of the largest.
        let isKnown = objects.unreadable == 0 && objects.reading != nil
        #expect(found?["totalIsLowerBound"]?.boolValue == !isKnown, "\(place)")
        let line = text.first { $0.hasPrefix("Large objects") } ?? ""
        #expect(line.contains("at least") == !isKnown, "\(line) of \(place)")
        #expect(line.contains("about") == (objects.reading == nil), "\(line) of \(place)")
    }

    /// A table of report.json against the profile that it comes from.
    private static func check(
        _ table: TableProfile, _ json: JSONValue, _ report: Report, _ place: String
    ) throws {
        let isKnown = table.columns.contains { $0.measurement != nil }
        if !isKnown {
            for key in ["rows", "limitKiB", "settingKiB", "risk", "reading"] {
                #expect(json[key] == .null, "\(key) of \(place)")
            }
            #expect(json["rowsProvenance"]?.stringBytes == Array("not-known".utf8), "\(place)")
        }
        let logical = try #require(
            report.recommendation.tables.first { $0.name == table.relation.logicalName })
        if logical.mode == .unlimited, logical.limit == nil { #expect(json["risk"] == .null, "\(place)") }
        if logical.columns.contains(where: { $0.profile.measurement == nil }) {
            #expect(json["alternatives"]?["unlimitedLookUps"] == .null, "\(place)")
            #expect(json["alternatives"]?["inline"]?.elements?.isEmpty == true, "\(place)")
        }
        let columns = try #require(json["columns"]?.elements)
        for (column, parsed) in zip(table.columns, columns) {
            check(column, of: table, parsed, "\(column.column.name.losslessText) in \(place)")
        }
    }

    private static func check(
        _ column: ColumnProfile, of table: TableProfile, _ json: JSONValue, _ place: String
    ) {
        let isRead = column.measurement != nil
        let isPart = (column.measurement?.unreadBlocks ?? 0) > 0
        let isMoving = column.measurement?.method == .full && table.reading?.certainty == .severalMoments
        if !isRead {
            for key in ["rowsMeasured", "nulls", "largestBytes", "sumBytes", "method"] {
                #expect(json[key] == .null, "\(key) of \(place)")
            }
            for quantile in ["0.5", "0.95", "0.99", "0.999"] {
                #expect(json["quantiles"]?[quantile] == .null, "\(quantile) of \(place)")
            }
        }
        guard !isRead || isPart || isMoving else { return }
        for key in ["limitBytes", "limitKiB", "risk"] { #expect(json[key] == .null, "\(key) of \(place)") }
        for answer in (json["cut"]?.elements ?? []) + [json["atLimit"] ?? .null] where answer != .null {
            for key in ["rowsAtLeast", "rowsAtMost", "rowsExpected", "isEstimate", "riskOfAnother"] {
                #expect(answer[key] == .null, "\(key) at a limit of \(place)")
            }
        }
        #expect(json["largestProvenance"]?.stringBytes != Array("exact".utf8), "\(place)")
        #expect(json["sumProvenance"]?.stringBytes != Array("exact".utf8), "\(place)")
        #expect(json["rowsExact"]?.boolValue != true || !isMoving, "\(place)")
    }

    private static let sentinels = [
        "734851297", "734,851,297", "645182939", "645,182,939", "8364517293641", "8,364,517,293,641",
    ].map { Data($0.utf8) }

    /// Whether a number of the catalog is in a text, with or without commas.
    private static func hasSentinel(_ text: [UInt8]) -> Bool {
        let data = Data(text)
        return sentinels.contains { data.range(of: $0) != nil }
    }

    fileprivate static func lines(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether a line is the row of a table or column: its name is the first cell.
    private static func isRow(_ line: String, of name: String) -> Bool {
        ["\(name) ", "| \(name) |", "| `\(name)` |", "\"\(name)\",", "\(name),"].contains {
            line.hasPrefix($0)
        }
    }

    private static func hasDigit(_ text: String) -> Bool { text.utf8.contains { 0x30...0x39 ~= $0 } }

    private static func withoutTags(_ row: String) -> String {
        var depth = 0
        let kept = row.unicodeScalars.filter { scalar in
            if scalar == "<" { depth += 1 }
            defer { if scalar == ">" { depth -= 1 } }
            return depth == 0
        }
        return String(String.UnicodeScalarView(kept))
    }
}
