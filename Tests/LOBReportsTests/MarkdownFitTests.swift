import LOBReports
import Testing

/// report.md cut to the length of a comment.
@Suite struct MarkdownFitTests {
    private static let whole = text(GoldenReport.report.render(.markdown))

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    @Test func whatFitsIsWhole() {
        let bytes = GoldenReport.report.render(.markdown)
        #expect(GoldenReport.report.markdown(maxBytes: bytes.count) == bytes)
        #expect(GoldenReport.report.markdown(maxBytes: bytes.count - 1) != bytes)
    }

    @Test(arguments: [4096, 5000, 8191, 8192, 20_000, 40_000, 65_536, 80_000])
    func aCommentHasNoMoreBytesAndOnlyWholeLines(_ limit: Int) throws {
        let bytes = GoldenReport.report.markdown(maxBytes: limit)
        #expect(bytes.count <= limit)
        let text = try #require(String(validating: bytes, as: UTF8.self))
        #expect(text.contains("**Left out to stay within"))
        let known = Set(Self.whole.split(separator: "\n").map { Array($0.utf8) })
        let foreign = text.split(separator: "\n").filter { !known.contains(Array($0.utf8)) }
        #expect(foreign.count == 1, "\(foreign)")
        #expect(text.matches(of: /<details/).count == text.matches(of: /<\/details>/).count)
    }

    @Test func whatIsFoldedGoesFirst() {
        let text = Self.text(GoldenReport.report.markdown(maxBytes: 58_000))
        for title in ["## LOB table", "## Findings", "## Not measured", "## DMS task", "## Sign-off"] {
            #expect(text.contains(title))
        }
        #expect(!text.contains("<summary><code>secret.older</code></summary>"))
    }
}
