import LOBAdvice
import SizeStatistics
import Testing

@testable import LOBReports

/// Lists of snapshots, a snapshot and a patch plan say the same in every form.
struct PageFormatTests {
    private static let digest = String(repeating: "0123456789ab", count: 6)

    private static let list = SnapshotListReport([
        .init(path: "b/second.json.zst", profile: GoldenReport.report.profile, digest: digest),
        .init(
            path: "a/first.json.zst", profile: GoldenReport.report(of: [], startedAt: 1_000_000).profile,
            digest: digest),
    ])

    private static let patch = PatchReport(
        PatchPlan(
            tables: [
                .init(
                    name: RelationName(schema: Identifier("public"), name: Identifier("orders")),
                    limit: Kibibytes(63), keyColumns: [Identifier("id")], columns: [Identifier("payload")],
                    keys: [[Array("'secret'".utf8)]], bytes: ByteCount(70_000))
            ], tablesRead: 3, isEncodingUnknown: false))

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test(arguments: PageFormat.allCases) func aListIsInTheOrderOfTime(_ format: PageFormat) throws {
        let text = Self.text(Self.list.render(format))
        let (first, second) = (text.firstRange(of: "a/first"), text.firstRange(of: "b/second"))
        #expect(try #require(first).upperBound < (try #require(second)).lowerBound)
        let time = format == .json ? "1970-01-12T13:46:40Z" : "1970-01-12 13:46:40 UTC"
        #expect(text.contains(time) && text.contains("0123456789ab"))
        #expect(text.contains(format == .json ? "\"complete\": false" : "partial"))
    }

    @Test(arguments: PageFormat.allCases) func aSnapshotIsNamedWithWhatItHolds(_ format: PageFormat) {
        let profile = GoldenReport.report.profile
        let text = Self.text(SnapshotReport(profile, digest: Self.digest).render(format))
        for part in ["orders", Self.digest, "lob_reader", "0.1.0"] {
            #expect(text.contains(part), "\(part)")
        }
        let measured = profile.tables.flatMap(\.columns).count { $0.measurement != nil }
        #expect(
            text.contains(
                format == .json ? "\"columnsMeasured\": \(measured)," : "\(measured) of \(measured + 1)"))
    }

    @Test(arguments: PageFormat.allCases) func aPatchPlanHasNumbersAndNoKey(_ format: PageFormat) {
        let text = Self.text(Self.patch.render(format))
        #expect(text.contains("public.orders") && text.contains("63") && !text.contains("secret"))
        #expect(text.contains(format == .json ? "\"bytes\": 70000" : "70,000"))
    }
}
