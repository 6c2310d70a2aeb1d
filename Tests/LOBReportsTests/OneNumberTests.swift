import Foundation
import LOBAdvice
import LOBReports
import TestSupport
import Testing

/// The number that a person copies is one: the needed KB and the rule of a table are the same wherever they stand.
struct OneNumberTests {
    /// What one place says of a table.
    private struct Answer: Hashable {
        /// The needed KB; nil where it is not known.
        let needed: Int?
        /// `limited, 64 KB` and the like.
        let rule: String

        init(needed: Int?, rule: String) {
            (self.needed, self.rule) = (needed, rule)
        }

        /// Of a row of cells: the needed KB and the rule behind the name, with the answer about truncations between them.
        init?(cells: [String]) {
            guard cells.count > 3 else { return nil }
            self.init(needed: Int(cells[1].replacing(",", with: "")), rule: cells[3])
        }
    }

    @Test func everyPlaceSaysTheSame() throws {
        var compared = 0
        for seed in UInt64(0)..<250 {
            let report = RandomProfile(seed: seed, shape: seed).report
            let expected = try Self.inJSON(report)
            let places = try [
                ("terminal", Self.inTerminal(report)), ("CSV", Self.inCSV(report)),
                ("tables.csv", Self.inTables(report)),
                ("lob-table.md", Self.inMarkdown(report, .lobTableMarkdown)),
                ("report.md", Self.inMarkdown(report, .markdown)), ("report.html", Self.inHTML(report)),
                ("truncations", Self.inTruncations(report)),
            ]
            for (name, answer) in expected {
                compared += 1
                for (place, answers) in places {
                    #expect(answers[name] == answer, "\(name) in \(place) of \(seed)")
                }
            }
            let rules = try [Self.inMapping(report), Self.inLint(report)]
            for table in report.recommendation.tables where table.hasLOBs {
                for leaf in table.leaves.map(\.losslessText) {
                    let rule = expected[table.name.losslessText]?.rule
                    for found in rules { #expect(found[leaf] == rule, "\(leaf) of \(seed)") }
                }
            }
        }
        #expect(compared >= 500, "\(compared)")
    }

    private static func text(_ bytes: [UInt8]) -> [Substring] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    private static func rule(_ mode: String, _ size: Int) -> String {
        switch mode {
        case "limited": "limited, \(size) KB"
        case "unlimited" where size > 0: "unlimited, inline up to \(size) KB"
        default: mode
        }
    }

    /// report.json has the leaves, with the limit of their table.
    private static func inJSON(_ report: Report) throws -> [String: Answer] {
        let json = try JSONValue(parsing: report.render(.json))
        var answers: [String: Answer] = [:]
        for table in json["tables"]?.elements ?? [] {
            let parent = table["parent"]?.word
            let name = parent ?? "\(table["schema"]?.word ?? "").\(table["table"]?.word ?? "")"
            guard let mode = table["mode"]?.word, mode != "none" else { continue }
            let answer = Answer(
                needed: table["limitKiB"]?.integerOrDigits,
                rule: rule(mode, table["bulkMaxSizeKiB"]?.integerOrDigits ?? -1))
            #expect(answers[name] ?? answer == answer)
            answers[name] = answer
        }
        return answers
    }

    private static func inTerminal(_ report: Report) -> [String: Answer] {
        rows(text(TerminalReport.render(report, width: 400, isWhole: true))) { line in
            line.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }
    }

    private static func inCSV(_ report: Report) -> [String: Answer] {
        rows(text(report.render(.lobTableCSV))) { line in
            line.dropFirst().dropLast().components(separatedBy: "\",\"")
        }
    }

    /// The reason, which has commas, stands last.
    private static func inTables(_ report: Report) -> [String: Answer] {
        var answers: [String: Answer] = [:]
        for line in text(report.render(.tablesCSV)).dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard fields.count > 10 else { continue }
            let mode = fields[6] == "inline" ? "unlimited" : fields[6]
            answers["\(fields[0]).\(fields[1])"] = Answer(
                needed: Int(fields[5]), rule: rule(mode, Int(fields[7]) ?? 0))
        }
        return answers
    }

    private static func inMarkdown(_ report: Report, _ format: ReportFormat) -> [String: Answer] {
        rows(text(report.render(format))) { line in
            guard line.hasPrefix("| ") else { return [] }
            return line.split(separator: "|").map { cell in
                cell.trimmingCharacters(in: .whitespaces).replacing("`", with: "")
            }
        }
    }

    private static func inHTML(_ report: Report) -> [String: Answer] {
        rows(text(report.render(.html))) { line in
            guard line.hasPrefix("<tr id=") else { return [] }
            return line.replacing("</th>", with: "</td>").components(separatedBy: "</td>").map { cell in
                cell.replacing(#/<[^>]*>/#, with: "").trimmingCharacters(in: .whitespaces)
            }
        }
    }

    /// The first row of each table; names have letters only.
    private static func rows(_ lines: [Substring], _ cells: (Substring) -> [String]) -> [String: Answer] {
        var answers: [String: Answer] = [:]
        for line in lines {
            let found = cells(line)
            guard let name = found.first, name.hasPrefix("app."), answers[name] == nil,
                let answer = Answer(cells: found)
            else { continue }
            answers[name] = answer
        }
        return answers
    }

    private static func inMapping(_ report: Report) throws -> [String: String] {
        let json = try JSONValue(parsing: report.render(.tableMappings))
        var rules: [String: String] = [:]
        for entry in json["rules"]?.elements ?? [] where entry["rule-type"]?.word == "table-settings" {
            let place = entry["object-locator"]
            let name = "\(place?["schema-name"]?.word ?? "").\(place?["table-name"]?.word ?? "")"
            let settings = entry["lob-settings"]
            rules[name] = rule(
                settings?["mode"]?.word ?? "", Int(settings?["bulk-max-size"]?.word ?? "") ?? -1)
        }
        return rules
    }

    /// The treatments that lint lists of the files.
    private static func inLint(_ report: Report) throws -> [String: String] {
        let tasks = try TaskContainer(parsing: report.render(.tableMappings)).tasks.map {
            try $0.with(settings: DeployedSettings(parsing: report.render(.taskSettings)))
        }
        let review = Review(
            tasks, of: report.profile, recommending: report.recommendation.tables,
            policy: report.profile.policy)
        let lint = LintReport(review: review, profile: report.profile, mappingPath: nil, settingsPath: nil)
        let lines = text(
            lint.render(.text, detail: LintDetail(hasTreatments: true), width: 400))
        let rows = lines.map { line in
            line.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }
        let ofTables = rows.filter { $0.count > 2 && $0[0].hasPrefix("app.") }
        return Dictionary(ofTables.map { ($0[0], $0[1]) }) { first, _ in first }
    }

    /// A log with one cut of each table: what the profile predicted, and its rule.
    private static func inTruncations(_ report: Report) throws -> [String: Answer] {
        var reader = TruncationReader(source: "log")
        for table in report.recommendation.tables {
            let line =
                "[SOURCE_CAPTURE ]W: Value of column 'body' in table '\(table.name.losslessText)' was truncated to 32768 bytes, "
                + "actual length: 40000 bytes (postgres_pglogical.c:2550)\n"
            try reader.take(Array(line.utf8))
        }
        let truncations = TruncationReport(try reader.finish(), target: nil, against: report)
        let lines = text(truncations.render(.text, width: 400))
        var answers: [String: Answer] = [:]
        for line in lines where line.hasPrefix("app.") {
            let cells = line.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }.filter {
                !$0.isEmpty
            }
            guard cells.count > 6, cells[0].hasSuffix(".body") else { continue }
            answers[String(cells[0].dropLast(".body".count))] = Answer(needed: Int(cells[5]), rule: cells[6])
        }
        return answers
    }
}
