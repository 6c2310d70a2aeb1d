import Foundation
import TestSupport
import Testing

/// What another package sees of the libraries.
@Suite(.database, .timeLimit(.minutes(3))) struct LibraryTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    /// The code of the page is that of the example, which is compiled with public names alone.
    @Test func theShownCodeIsTheExamples() throws {
        let folder = "Tests/Example/Sources"
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(Readme.root)/\(folder)").sorted()
        let sources =
            try names.map { try Readme.file("\(folder)/\($0)") } + [
                // The manifest is indented, and has the package's own folder.
                Readme.file("Tests/Example/Package.swift").split(separator: "\n").map { $0.dropFirst(4) }
                    .joined(separator: "\n")
            ]
        let blocks = try Readme.page("Library").blocks("swift").map { $0.joined(separator: "\n") }
        try #require(blocks.count == 4)
        for block in blocks.dropFirst() { #expect(sources.contains { $0.contains(block) }, "\(block)") }
        for product in blocks[0].matches(of: /\.product\(name: "[A-Za-z]+", package: "lobscope"\)/) {
            #expect(sources.contains { $0.contains(product.output) }, "\(product.output)")
        }
    }

    @Test func theExampleDoesWhatTheCommandDoes() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE notes (id int PRIMARY KEY, note text);
            INSERT INTO notes SELECT i, repeat('n', i) FROM generate_series(1, 3000) i;
            CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.hidden (id int PRIMARY KEY, note text);
            """)
        let first = try await scratch.shell("example \"$CONNINFO\" first", environment: connection(database))
        #expect(first.status == 0, "\(first.errorOutput)")
        let table = try await scratch.lobscope("render", "first", "--format", "lob-table-md").output
        #expect(first.output == table + "\npublic.notes: 32 KB\n")
        #expect(try scratch.text("first/lob-table.md") == table)
        let sums = try await scratch.shell("cd first && sha256sum --quiet -c SHA256SUMS")
        #expect(sums.status == 0, "\(sums.errorOutput)")

        try await database.psql("INSERT INTO notes VALUES (0, repeat('x', 90000))")
        let second = try await scratch.shell(
            "example \"$CONNINFO\" second first", environment: connection(database))
        #expect(second.status == 0, "\(second.errorOutput)")
        let worse = try await scratch.lobscope("compare", "first", "second", "--only-worse", "--format", "md")
        #expect(worse.output.contains("90000") || worse.output.contains("90,000"))
        // What comes next depends on what the command was given.
        let told = try #require(worse.output.split(separator: "\n## Next").first)
        #expect(told.count > 400 && second.output.contains(told))
    }

    private func connection(_ database: TestDatabase) -> [String: String] {
        ["CONNINFO": database.conninfo()]
    }

    /// Each library product has the modules that the signatures of its own name, and those of these.
    @Test func productsHaveWhatTheirSignaturesName() throws {
        let manifest = try Readme.file("Package.swift")
        let products = manifest.matches(of: /\.library\(\s*name: "([A-Za-z]+)",\s*targets: \[([^\]]+)\]\)/)
        try #require(products.count == 7)
        for product in products {
            let targets = Set(product.output.2.matches(of: /"([A-Za-z]+)"/).map { String($0.output.1) })
            var named: Set = [String(product.output.1)]
            while true {
                let more = try named.union(named.flatMap(Self.publicImports))
                if more == named { break }
                named = more
            }
            #expect(targets == named, "\(product.output.1)")
        }
    }

    /// The modules of this package that a module's interface imports.
    private static func publicImports(of module: String) throws -> Set<String> {
        let folder = "Sources/\(module)"
        let paths = try FileManager.default.subpathsOfDirectory(atPath: "\(Readme.root)/\(folder)")
        var modules: Set<String> = []
        for path in paths where path.hasSuffix(".swift") {
            for match in try Readme.file("\(folder)/\(path)").matches(of: /\bpublic import ([A-Za-z]+)/)
            where FileManager.default.fileExists(atPath: "\(Readme.root)/Sources/\(match.output.1)") {
                modules.insert(String(match.output.1))
            }
        }
        return modules
    }
}
