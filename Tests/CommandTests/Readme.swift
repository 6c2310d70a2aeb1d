import Foundation

/// The README or another page of the documentation, in the parts that tests look at.
struct Readme {
    /// Where it is below the package's folder.
    let path: String
    /// All of it.
    let text: String
    private let lines: [String]

    /// The package's folder.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardized.path
    /// The folder of all pages but the README.
    static let catalog = "Sources/lobscope/Documentation.docc"

    /// Reads the README, or another page.
    ///
    /// - Parameter path: where it is below the package's folder.
    init(_ path: String = "README.md") throws {
        self.path = path
        text = try Self.file(path)
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// A page of the catalog: its name, with its folder there.
    static func page(_ name: String) throws -> Readme {
        try Readme("\(catalog)/\(name).md")
    }

    /// All pages of the catalog.
    static func pages() throws -> [Readme] {
        try FileManager.default.subpathsOfDirectory(atPath: root + "/" + catalog)
            .filter { $0.hasSuffix(".md") }.sorted().map { try Readme(catalog + "/" + $0) }
    }

    /// A file of the package as text.
    static func file(_ name: String) throws -> String {
        try String(contentsOf: URL(fileURLWithPath: root + "/" + name), encoding: .utf8)
    }

    /// What links of the catalog call it.
    var name: String { String(path.split(separator: "/").last?.dropLast(".md".count) ?? "") }

    /// Whether it is the page of a finding.
    var isFinding: Bool { path.hasPrefix(Self.catalog + "/Findings/") && name != "Findings" }

    /// The first line.
    var title: String { lines.first ?? "" }

    /// The paragraph under the title, on one line.
    var abstract: String { lines.dropFirst(2).prefix { !$0.isEmpty }.joined(separator: " ") }

    /// The lines of each fenced block in a language.
    func blocks(_ language: String) -> [[String]] {
        var blocks: [[String]] = []
        var isInside = false
        for line in lines {
            if isInside, line == "```" {
                isInside = false
            } else if isInside {
                blocks[blocks.count - 1].append(line)
            } else if line == "```" + language {
                blocks.append([])
                isInside = true
            }
        }
        return blocks
    }

    /// The cells of the first table under a heading, without its own heading.
    func rows(under heading: String) -> [[String]] {
        // A bar that is escaped is part of a cell.
        let bar = "\u{1F}"
        return first("|", under: heading).dropFirst(2).map { line in
            line.replacing("\\|", with: bar).split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces).replacing(bar, with: "|")
            }
        }
    }

    /// The items of the first list under a heading.
    func items(under heading: String) -> [String] {
        first("- ", under: heading).map { String($0.dropFirst(2)) }
    }

    /// The first lines under a heading that begin with a mark, as far as they follow each other.
    private func first(_ mark: String, under heading: String) -> [String] {
        Array(
            lines.drop { $0 != heading }.dropFirst().drop { !$0.hasPrefix(mark) }
                .prefix { $0.hasPrefix(mark) })
    }
}

/// A command of a console block, with what is printed under it.
struct Session {
    let command: String
    let output: String

    /// The commands of a block, each on a line that begins with `$`.
    static func commands(_ block: [String]) -> [Session] {
        var sessions: [(command: String, output: String)] = []
        for line in block {
            if line.hasPrefix("$ ") {
                sessions.append((String(line.dropFirst(2)), ""))
            } else if !sessions.isEmpty {
                sessions[sessions.count - 1].output += line + "\n"
            }
        }
        return sessions.map { Session(command: $0.command, output: $0.output) }
    }

    /// Output without what differs from run to run and from server to server: times, digests, server version,
    /// estimated seconds, and the line breaks that follow from their lengths.
    static func masked(_ output: String) -> String {
        output.replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]{8}(Z| UTC)/, with: "TIME")
            .replacing(/[0-9]{8}T[0-9]{6}Z-[0-9a-f]{12}/, with: "STAMP")
            .replacing(/\b[0-9a-f]{12}\b/, with: "DIGEST")
            .replacing(/PostgreSQL [0-9.]+/, with: "PostgreSQL VERSION")
            .replacing(
                #/\b[0-9A-F]+/[0-9A-F]+ to [0-9A-F]+/[0-9A-F]+|\b[0-9A-F]{1,8}/[0-9A-F]{1,8}\b/#, with: "LSN"
            )
            .replacing(#/held at most [0-9.]+ s/#, with: "held at most S")
            .replacing(/[0-9]+ blocks of/, with: "N blocks of")
            .replacing(#/\b[0-9]+\.[0-9]+ s on /#, with: "S s on ")
            .replacing(#/( +[0-9]+){2,3} +[0-9]+\.[0-9]{2} /#, with: " PRICE ")
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
