import Foundation
import LOBAdvice
import SizeStatistics
import TestSupport
import Testing

@testable import LOBReports

/// Heavy JSON keys in every form: only where they were asked for, and whatever a key is.
@Suite struct HeavyKeySectionTests {
    private static let secret = Identifier("ssn_of_customer")

    /// The golden report with a table whose documents have these keys; each value has ten of them.
    private static func report(_ names: JSONKeyNames?, keys: [Identifier] = HostileNames.all) -> Report {
        let golden = GoldenReport.report.profile
        var options = golden.options
        options.jsonKeys = names
        let profile = Profile(
            lobscopeVersion: golden.lobscopeVersion, database: golden.database, server: golden.server,
            startedAt: golden.startedAt, finishedAt: golden.finishedAt, options: options,
            policy: golden.policy,
            tables: names == nil ? golden.tables : golden.tables + [table(keys)],
            largeObjects: golden.largeObjects, unmeasured: golden.unmeasured, impact: golden.impact,
            certificate: golden.certificate)
        return Report(profile: profile, recommendation: Recommender(profile).recommend())
    }

    /// The first key takes 900,000 of 1,000,000 bytes of each value, the others 9,000 each.
    private static func table(_ keys: [Identifier]) -> TableProfile {
        let columns = stride(from: 0, to: keys.count, by: 10).enumerated().map { index, first in
            column(index, Array(keys[first..<min(first + 10, keys.count)]))
        }
        return GoldenTable(
            name: RelationName(schema: Identifier("zz"), name: Identifier("docs")), oid: 99_999,
            rows: .init(count: 1, isExact: true),
            columns: columns.map(\.golden)
        ).profile.with(columns.map(\.documents))
    }

    private static func column(
        _ index: Int, _ keys: [Identifier]
    ) -> (golden: GoldenColumn, documents: [LargeDocument]) {
        var sizes = SizeDistribution()
        sizes.add(ByteCount(1_000_000))
        let golden = GoldenColumn(
            name: Identifier("j\(index)"), number: Int16(2 + index), type: "jsonb", family: .jsonb,
            distribution: sizes)
        let value = LocatedSize(size: ByteCount(1_000_000), block: 17, offset: 3)
        let heaviest = keys.enumerated().map { number, name in
            HeavyKey(
                name: name, isCut: number == 1, occurrences: 1,
                size: ByteCount(number == 0 ? 900_000 : 9_000 + Int64(10 - number)))
        }
        return (
            golden,
            [
                LargeDocument(value: value, content: .object(keys: 40, heaviest: heaviest)),
                LargeDocument(value: value, content: .array(elements: 1234)),
                LargeDocument(value: value, content: .notKnown(.changed)),
            ]
        )
    }

    private static func text(_ report: Report, _ format: ReportFormat) -> String {
        String(decoding: report.render(format), as: UTF8.self)
    }

    @Test(arguments: ReportFormat.allCases) func noFormatTellsOfThemWhereNobodyAsked(_ format: ReportFormat) {
        #expect(Self.report(nil).render(format) == GoldenReport.report(withoutDigest: format))
        #expect(!Self.text(Self.report(nil), format).contains("Heavy JSON keys"))
    }

    @Test func peopleReadWhatAKeyTakesAndWhatIsLeft() {
        for format in [ReportFormat.markdown, .html] {
            let text = Self.text(Self.report(.named, keys: [Self.secret]), format)
            #expect(text.contains("Heavy JSON keys"))
            for word in ["ssn_of_customer", "878.9 KiB", "90 %", "99,996 B (97.7 KiB)", "1,234 elements"] {
                #expect(text.contains(word), "\(word) in \(format)")
            }
        }
        let terminal = TerminalReport.render(Self.report(.named, keys: [Self.secret]), isWhole: true)
        #expect(String(decoding: terminal, as: UTF8.self).contains("\"ssn_of_customer\""))
    }

    @Test func programsReadThemAll() throws {
        let report = try JSONValue(parsing: Self.report(.hashed).render(.json))
        #expect(report["options"]?["jsonKeys"]?.word == "hashed")
        let table = try #require(
            report["tables"]?.elements?.first { $0["table"]?.word == "docs" }?["columns"]?.elements)
        let documents = table.compactMap { $0["documents"]?.elements }
        #expect(documents.allSatisfy { $0.map { $0["kind"]?.word } == ["object", "array", nil] })
        #expect(documents.allSatisfy { $0.last?["notKnown"]?.word == "changed" })
        let keys = documents.flatMap { $0[0]["heaviest"]?.elements ?? [] }
        #expect(
            keys.compactMap { $0["key"]?.stringBytes } == HostileNames.all.map { Array($0.losslessText.utf8) }
        )
        #expect(keys.last?["keyHex"]?.word == "62ff64")
        #expect(keys.first?["bytesWithout"]?.intValue == 1_000_000 - 900_000 - 4)
        #expect(keys.first?["bytesWithoutProvenance"]?.word == "exact")
    }

    @Test func reportsWithHostileKeysHaveNoUnseenCharacterAndKeepTheirShape() throws {
        let report = Self.report(.named)
        // Others are for programs, and have the names of tables as they are.
        let forPrograms: [ReportFormat] = [
            .html, .json, .tableMappings, .cloudFormation, .cloudFormationServerless,
        ]
        for format in ReportFormat.allCases where !forPrograms.contains(format) {
            let scalars = try #require(String(validating: report.render(format), as: UTF8.self))
                .unicodeScalars
            #expect(!scalars.contains { $0 != "\n" && UnseenScalar.contains($0) }, "\(format)")
        }
        let html = Self.text(report, .html)
        #expect(!html.contains("<script>alert(1)") && !html.contains("<img src=x"))
        // A row of the Markdown table for each key that is worth a line, and as many cells in each.
        let lines = Self.text(report, .markdown).split(separator: "\n")
        let section = lines.drop { $0 != "## Heavy JSON keys" }.dropFirst().prefix { !$0.hasPrefix("## ") }
        let cells = section.filter { $0.hasPrefix("|") && $0.contains("zz.docs.j") }.map { row in
            row.utf8.filter { $0 == UInt8(ascii: "|") }.count
        }
        #expect(Set(cells) == [7], "\(cells)")
        let columns = (HostileNames.all.count + 9) / 10
        #expect(cells.count == columns)
    }

    @Test func theSchemaKnowsThem() throws {
        let schema = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("reports/report.schema.json").path
        try Python.withFolder { folder in
            let file = folder.appendingPathComponent("report.json")
            try Data(Self.report(.named).render(.json)).write(to: file)
            let (status, output) = try Python.run([
                "-c",
                """
                import json, sys, jsonschema
                jsonschema.Draft202012Validator(json.load(open(sys.argv[2]))).validate(json.load(open(sys.argv[1])))
                """, file.path, schema,
            ])
            #expect(status == 0, "\(output)")
        }
    }
}

extension TableProfile {
    /// The same table with its columns' documents.
    fileprivate func with(_ documents: [[LargeDocument]]) -> TableProfile {
        let known = zip(columns, documents).map { column, documents in
            var measurement = column.measurement
            measurement?.largeDocuments = documents
            return ColumnProfile(column: column.column, measurement: measurement)
        }
        return TableProfile(
            relation: relation, rows: rows, sample: sample, columns: known, seconds: seconds, reading: reading
        )
    }
}

extension GoldenReport {
    fileprivate static func report(withoutDigest format: ReportFormat) -> [UInt8] {
        let profile = report.profile
        return Report(profile: profile, recommendation: report.recommendation).render(format)
    }
}
