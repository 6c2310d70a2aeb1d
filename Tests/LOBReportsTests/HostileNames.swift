import LOBAdvice

/// Names that PostgreSQL allows and that some format or program would take for something else.
enum HostileNames {
    static let all: [Identifier] =
        texts.map { Identifier($0) } + [
            // A name in a SQL_ASCII database: no UTF-8.
            Identifier(bytes: [0x62, 0xFF, 0x64])
        ]

    private static let texts = [
        // Spreadsheets: formulas, also behind spaces and in full width.
        "=HYPERLINK(\"http://evil.example\",\"x\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", " =1+1",
        "=\u{301}1+1",
        "\u{FF1D}1+1", "\tTAB", "a,b\"c", "\u{3000}=1",
        // Markdown and wikis.
        "a|b", "a\\|b", "`code` ``x``", "**bold**", "_under_", "@admin", "org/repo#1", "#1", "!123",
        "[~admin]",
        "{html}x{html}", "!img.png!", "[x](javascript:alert(1))", "www.evil.example", "https://evil.example/",
        "user@evil.example", "deadbeefcafe", "$1", "$x$", "&copy;", "<b>b</b>", ":smile:", "GH-1", "%1",
        "~tilde~",
        "| --- |", "|\u{301}", "\\", "a  b", " lead", "trail ",
        // HTML and scripts.
        "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>",
        "<!--", "]]>", "{{constructor.constructor('alert(1)')()}}", "__proto__",
        // What is not seen.
        "line\nbreak", "cr\r\nlf", "esc\u{1B}[31mred", "bell\u{7}", "c1\u{9B}31m", "nel\u{85}",
        "rtl\u{202E}gnp.exe",
        "zero\u{200B}width", "joiner\u{200D}", "bom\u{FEFF}", "iso\u{2066}late\u{2069}",
        "ls\u{2028}ps\u{2029}",
        "tag\u{E0041}", "soft\u{AD}hyphen", "del\u{7F}",
        // Twins to the eye, and to String, but not to PostgreSQL.
        "caf\u{E9}", "cafe\u{301}",
        // Wide characters, marks at the start, quotes with marks.
        "\u{8868}\u{30C6}\u{30FC}\u{30D6}\u{30EB}", "\u{301}start", "t\"\u{301}, pwn() --", "\u{1F600}",
        "\u{AC00}\u{1112}\u{1161}",
        "ordinary", "CamelCase", "select", "with space", "'quoted'", "\"", "a.b", "--", "; DROP TABLE x", "%",
        "C:\\",
    ]
}
