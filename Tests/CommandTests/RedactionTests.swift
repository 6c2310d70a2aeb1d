import TestSupport
import Testing

@testable import lobscope

/// A connection string in the wrong place is quoted without its password.
@Suite struct RedactionTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    @Test(arguments: [
        ["profil", "postgresql://u:secret@h/d"], ["profile", "--bogus", "postgresql://u:secret@h/d"],
        ["compare", "host=x password=secret", "b"], ["profile", "a", "postgresql://u:secret@h/d"],
        ["snapshots", "verify", "host=x password='se secret' user=u"],
        ["render", "postgresql://h/d?password=secret"], ["profile", "--risk=postgresql://u:a secret@h/d"],
        ["lint", "password = secret", "--against", "postgresql://u:s@secret@h/d"], ["postgres//u:secret@h/d"],
        ["profile", "--out", "host=x password=secret", "host=/nonexistent"],
    ]) func noMessageHasAPassword(arguments: [String]) async throws {
        let outcome = try await scratch.lobscope(arguments)
        #expect(outcome.status == 64 || outcome.status == 1)
        #expect(!outcome.errorOutput.isEmpty)
        #expect(!(outcome.output + outcome.errorOutput).contains("secret"), "\(outcome.errorOutput)")
    }

    @Test(arguments: [
        ("postgresql://u:secret@h/d", "postgresql://u:***@h/d"),
        ("postgresql://u:se@cret/1@h/d", "postgresql://u:***@h/d"),
        ("postgresql://u:with space@h/d", "postgresql://u:***@h/d"),
        ("host=x password=secret dbname=d", "host=x password=*** dbname=d"),
        ("host=x password='a b\\'c' dbname=d", "host=x password=*** dbname=d"),
        ("password=a b", "password=***"), ("sslpassword=x", "sslpassword=***"),
        ("postgresql://u@h:5432/d", "postgresql://u@h:5432/d"), ("host=x user=u", "host=x user=u"),
        ("reports/orders", "reports/orders"),
    ]) func whatIsQuotedKeepsTheRest(argument: String, shown: String) {
        #expect(
            Redaction.of("\"\(argument)\" does not exist\nhint: check the path", quoting: [argument])
                == "\"\(shown)\" does not exist\nhint: check the path")
    }

    @Test func whatIsNoArgumentIsRedactedToo() {
        #expect(
            Redaction.of("'postgresql://u:secret@h/d', 'password=secret'", quoting: [])
                == "'postgresql://u:***@h/d', 'password=***'")
        let hint = "hint: put a value with spaces in single quotes: password='a b'; or use a URI"
        #expect(Redaction.of(hint, quoting: []) == hint)
    }
}
