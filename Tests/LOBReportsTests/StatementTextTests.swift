import Testing

@testable import LOBReports

/// SQL in a sentence is code from its verb to its semicolon.
struct StatementTextTests {
    private static func code(_ sentence: String) -> [String] {
        let text = StatementText.text(sentence)
        #expect(text.plain == sentence)
        return text.runs.compactMap { if case .code(let code) = $0 { code } else { nil } }
    }

    @Test(arguments: [
        (
            "rename it: ALTER TABLE \"a\".\"b\" RENAME TO ...; or move it",
            ["ALTER TABLE \"a\".\"b\" RENAME TO ...;"]
        ),
        (
            "ALTER SYSTEM SET x = '60s'; SELECT pg_reload_conf(); on Amazon RDS set it",
            [
                "ALTER SYSTEM SET x = '60s';", "SELECT pg_reload_conf();",
            ]
        ),
        ("ALTER TABLE \"a;\"\"b\" SET LOGGED; (slow)", ["ALTER TABLE \"a;\"\"b\" SET LOGGED;"]),
        ("SELECT f('it;''s');", ["SELECT f('it;''s');"]),
        ("each of 9 values with an extra SELECT", []), ("create it and REFRESH MATERIALIZED VIEW there", []),
        ("an INSERT that names all; measure again", []), ("", []), ("ALTER TABLE x without an end", []),
    ])
    func statementsAreCode(_ sentence: String, _ statements: [String]) {
        #expect(Self.code(sentence) == statements)
    }

    @Test func aStatementIsOnePieceInMarkdown() {
        #expect(
            MarkdownRenderer.text(StatementText.text("do: ALTER TABLE \"s\".\"t_1\" SET LOGGED; now"))
                == "do: `ALTER TABLE \"s\".\"t_1\" SET LOGGED;` now")
        #expect(
            MarkdownRenderer.text(StatementText.text("ALTER TABLE \"a|b\" SET LOGGED;"))
                == "<code>ALTER TABLE \"a&#124;b\" SET LOGGED;</code>")
    }
}
