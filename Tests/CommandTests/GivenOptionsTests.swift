import Foundation
import TestSupport
import Testing

@testable import LOBReports
@testable import lobscope

/// What a command was given is repeated as it was, and without what is secret.
@Suite struct GivenOptionsTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private static func word(_ name: String, _ value: String?) -> GivenOptions.Word {
        let long = name.utf8.count > 2 ? String(name.dropFirst(2)).uppercased() : "VALUE"
        return .init(
            name: name, value: value, placeholder: value == nil ? "" : name.isEmpty ? "CONNINFO" : long)
    }

    @Test func everyFormOfAnOptionIsRead() {
        let read = GivenOptions(
            parsing: [
                "orders", "-t", "a.*", "--table=b=c", "-qv", "--trust-owners", "-vd", "x", "--", "-odd",
            ], argument: "CONNINFO")
        #expect(
            read
                == GivenOptions([
                    Self.word("", "orders"), Self.word("-t", "a.*"), Self.word("--table", "b=c"),
                    Self.word("-q", nil), Self.word("-v", nil), Self.word("--trust-owners", nil),
                    Self.word("-v", nil), Self.word("-d", "x"), Self.word("", "-odd"),
                ]))
    }

    /// A password is left out, and the rest of the connection stays.
    @Test(arguments: [
        ("postgresql://jo:pass-word@db/orders", " 'user=jo dbname=orders host=db'"),
        ("host=db password='a b' dbname='my db'", " 'dbname='\\''my db'\\'' host=db'"),
        ("postgresql://jo@db/orders", " postgresql://jo@db/orders"), ("orders", " orders"),
        ("jo:pass-word@db/orders", " CONNINFO"),
    ]) func secretsAreLeftOut(given: String, repeated: String) {
        #expect(GivenOptions(parsing: [given], argument: "CONNINFO").text() == repeated)
    }

    @Test func standardInputIsNamedByItsPlace() {
        let read = GivenOptions(parsing: ["-", "--mapping", "-"], argument: "LOG")
        #expect(
            read
                == GivenOptions([
                    .init(value: "LOG", placeholder: "LOG"),
                    .init(name: "--mapping", value: "MAPPING", placeholder: "MAPPING"),
                ]))
    }

    /// The list of options without a value is that of the help.
    @Test(arguments: ["profile", "plan", "render", "truncations"]) func flagsAreThoseOfTheHelp(
        command: String
    ) async throws {
        let help = try await scratch.lobscope(command, "--help").output
        let options = help.split(separator: "\nUSAGE: ").last ?? ""
        var flags: Set<String> = []
        for line in options.split(separator: "\n") where line.hasPrefix("  -") {
            // What it is called ends where two spaces begin its explanation.
            let names = line.dropFirst(2).components(separatedBy: "  ")[0]
            guard !names.contains("<") else { continue }
            flags.formUnion(
                names.replacing("/", with: ", ").components(separatedBy: ", ").filter { $0.hasPrefix("-") })
        }
        flags.subtract(["--help", "-h", "-?", "--version"])
        #expect(flags.count >= 4 && flags.isSubset(of: GivenOptions.flags), "\(flags)")
    }
}
