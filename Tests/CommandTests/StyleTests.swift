import Foundation
import Testing

/// Rules of the sources that neither the compiler nor the formatter checks.
@Suite struct StyleTests {
    @Test func unsafeIsWrittenInTwoTargetsOnly() throws {
        let offenders = try Self.sources(in: "Sources").filter { source in
            !source.path.hasPrefix("Sources/PostgreSQLClient/") && !source.path.hasPrefix("Sources/Zstd/")
                && source.code.contains { $0.contains(/\bunsafe\b/) }
        }
        #expect(offenders.map(\.path) == [])
    }

    @Test func noFileIsLongerThan400Lines() throws {
        let sources = try Self.sources(in: "Sources") + Self.sources(in: "Tests")
        #expect(sources.filter { $0.lines.count > 400 }.map(\.path) == [])
        let lengths = try Self.sources(in: "Sources").map(\.lines.count).sorted()
        #expect(lengths[lengths.count / 2] <= 100)
    }

    @Test func statisticsAndTheProfileNeedNoFoundation() throws {
        let pure = try Self.sources(in: "Sources/SizeStatistics") + Self.sources(in: "Sources/LOBProfile")
        let offenders = pure.filter { source in
            source.lines.contains { $0.contains(/import +(Foundation|Dispatch|Glibc|Darwin)/) }
        }
        #expect(offenders.map(\.path) == [])
    }

    @Test func nothingEndsTheProcessOnPurpose() throws {
        let offenders = try Self.sources(in: "Sources").filter { source in
            source.code.contains {
                $0.contains(/\b(fatalError|preconditionFailure|try!)|as! |@unchecked Sendable/)
            } && !source.path.hasPrefix("Sources/PostgreSQLClient/")
        }
        #expect(offenders.map(\.path) == [])
    }

    /// What people read is written once: the same long text in two places says two things after the next change.
    @Test func noSentenceIsWrittenTwice() throws {
        let sources = try ["LOBReports", "LOBAdvice", "LOBProfile"].flatMap {
            try Self.sources(in: "Sources/\($0)")
        }
        var places: [Substring: [String]] = [:]
        for source in sources {
            for text in source.literals where text.utf8.count > 40 {
                places[text, default: []].append(source.path)
            }
        }
        #expect(places.count > 200)
        #expect(places.filter { $0.value.count > 1 } == [:])
    }

    /// A page says what is said; how Markdown and HTML spell it is known to the renderers alone.
    @Test func markupIsWrittenByRenderersOnly() throws {
        let rooms = ["Page", "Pages", "Words", "Figures"]
        let offenders = try rooms.flatMap { try Self.sources(in: "Sources/LOBReports/\($0)") }.flatMap {
            source in
            source.literals.filter(Self.isMarkup).map { "\(source.path): \($0)" }
        }
        #expect(offenders == [])
        // What it forbids is what the renderers write.
        let drawn = try ["Renderers", "Interactive"].flatMap {
            try Self.sources(in: "Sources/LOBReports/\($0)")
        }
        #expect(drawn.flatMap(\.literals).count(where: Self.isMarkup) > 20)
    }

    /// Whether a text begins or ends an element, names an entity, or is Markdown for a heading, an item, a row, weight or code.
    private static func isMarkup(_ text: Substring) -> Bool {
        let marks = ["</", "&lt;", "&gt;", "&amp;", "&quot;", "&#", "**", "`", "| -", "|-"]
        let beginnings = ["# ", "## ", "- "]
        guard !marks.contains(where: { text.contains($0) }),
            !beginnings.contains(where: { text.hasPrefix($0) })
        else { return true }
        let bytes = Array(text.utf8)
        return zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "<") && 0x61...0x7A ~= $1 }
    }

    @Test func fileNamesNameAnIdea() throws {
        let vague = try Self.sources(in: "Sources").filter {
            $0.path.contains(/(Util|Helper|Manager|Common|Misc)[^\/]*\.swift$/)
        }
        #expect(vague.map(\.path) == [])
    }
}

extension StyleTests {
    private struct SourceFile {
        /// Path below the package's folder.
        let path: String
        let lines: [Substring]

        /// The lines that are not comments.
        var code: [Substring] {
            lines.filter { !$0.drop { $0 == " " }.hasPrefix("//") }
        }

        /// The pieces of string literals between interpolations, also of literals of several lines.
        var literals: [Substring] {
            var (pieces, isInBlock) = ([Substring](), false)
            for line in code {
                if line.hasSuffix("\"\"\"") || line.drop(while: { $0 == " " }).hasPrefix("\"\"\"") {
                    isInBlock.toggle()
                } else if isInBlock {
                    pieces += Self.plain(line.drop { $0 == " " })
                } else {
                    pieces += line.matches(of: #/"((?:[^"\\]|\\.)*)"/#).flatMap { Self.plain($0.output.1) }
                }
            }
            return pieces
        }

        private static func plain(_ literal: Substring) -> [Substring] {
            literal.split(separator: #/\\\(.*?\)+/#)
        }
    }

    /// All Swift files below a folder of the package; never none, so that a wrong path cannot pass.
    private static func sources(in folder: String) throws -> [SourceFile] {
        let root = URL(fileURLWithPath: Readme.root).appendingPathComponent(folder)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
            .filter { $0.hasSuffix(".swift") }.sorted()
        try #require(!paths.isEmpty)
        return try paths.map { path in
            let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            return SourceFile(path: "\(folder)/\(path)", lines: lines)
        }
    }
}
