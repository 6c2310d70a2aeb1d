import Foundation
import Testing

/// CONTRIBUTING.md leads to what there is.
@Suite struct ContributingTests {
    private static let page = try? Readme("CONTRIBUTING.md")

    @Test func everyPathIsThere() throws {
        let text = try #require(Self.page).text
        let paths = text.matches(of: /`((?:Sources|Tests|script|reports)\/[A-Za-z0-9_\/.+-]+)[` ]/)
            .map { String($0.output.1) }
        try #require(paths.count > 30)
        let missing = paths.filter { !FileManager.default.fileExists(atPath: "\(Readme.root)/\($0)") }
        #expect(missing == [])
    }

    /// A type in a row of the table of changes is declared somewhere.
    @Test func everyTypeIsThere() throws {
        let rows = try #require(Self.page).rows(under: "## Where a change goes")
        try #require(rows.count > 20)
        let places = try Self.declarations()
        for row in rows {
            let words = row[1].matches(of: /`([A-Za-z\/.+-]+)`/).map { String($0.output.1) }
            for word in words
            where word.first?.isUppercase == true && !word.contains("/") && !word.contains(".") {
                #expect(places[word] != nil, "\(word) in \"\(row[0])\"")
            }
        }
    }

    /// Pages are called by their names.
    @Test func everyPageIsThere() throws {
        let text = try #require(Self.page).text
        let names = text.matches(of: /`([A-Z][A-Za-z-]+\.md)`/).map { String($0.output.1) }
        let pages = Set(try Readme.pages().map { $0.name + ".md" })
        #expect(Set(names).subtracting(pages) == [])
        #expect(names.count > 4)
    }

    /// The files of sources and tests that declare each type; targets are types of their own folder here.
    private static func declarations() throws -> [String: [String]] {
        var places: [String: [String]] = [:]
        for folder in ["Sources", "Tests"] {
            let root = Readme.root + "/" + folder
            for path in try FileManager.default.subpathsOfDirectory(atPath: root)
            where path.hasSuffix(".swift") {
                let uses = TypeUses(try Readme.file("\(folder)/\(path)"))
                for type in uses.declared { places[type, default: []].append("\(folder)/\(path)") }
            }
        }
        for target in try FileManager.default.contentsOfDirectory(atPath: Readme.root + "/Sources") {
            places[target, default: []].append("Sources/\(target)")
        }
        return places
    }
}
