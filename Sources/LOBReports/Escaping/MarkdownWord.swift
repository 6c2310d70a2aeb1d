/// What a Markdown or wiki renderer could make of a word.
enum MarkdownWord {
    /// Whether every renderer shows the word as it is.
    static func isPlain(_ word: Substring.UnicodeScalarView) -> Bool {
        if isShort(word) { return true }
        let bytes = String(word).utf8.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
        return word.allSatisfy(isHarmless) && !hasRiskyColon(bytes) && !hasRiskyUnderscore(bytes)
            && !looksLikeLink(bytes) && !looksLikeCommit(bytes)
    }

    /// Whether a word is of letters and digits alone, and of fewer than the hash of a commit, as most are.
    private static func isShort(_ word: Substring.UnicodeScalarView) -> Bool {
        var count = 0
        for scalar in word {
            count += 1
            guard count < shortestCommit else { return false }
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9": continue
            default: return false
            }
        }
        return true
    }

    private static let shortestCommit = 7

    /// Whether a character may not stand in a code span: it ends the span or the cell, or starts something in
    /// Jira, which knows no code spans.
    static func mustBeEntity(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "@", "#", "[", "]", "{", "}", "!", "~", "|", "\\", "`", "<", ">", "&", ":", "*", "^", " ": true
        default: false
        }
    }

    /// Whether a character means nothing to a renderer that reads Markdown inside a code element.
    static func isHarmlessInElement(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case ",", ";", "'", "\"", "(", ")", "/", "%", "=", "-", "?": true
        default: scalar.value >= 0x80
        }
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case "_", ".", ",", ";", ":", "'", "\"", "(", ")", "/", "%", "=", "-", "?": true
        case "\u{2013}", "\u{2014}", "\u{2026}", "\u{2192}", "\u{2264}", "\u{2265}", "\u{D7}": true
        default: false
        }
    }

    /// A colon is punctuation at the end and in a time of day; elsewhere it is part of a URL or an emoji.
    private static func hasRiskyColon(_ bytes: [UInt8]) -> Bool {
        let isTime = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            .allSatisfy { $0.count == 2 && $0.allSatisfy { 0x30...0x39 ~= $0 } }
        return !isTime && bytes.dropLast().contains(UInt8(ascii: ":"))
            || bytes.first == UInt8(ascii: ":")
    }

    /// An underscore between letters is one; elsewhere it is emphasis.
    private static func hasRiskyUnderscore(_ bytes: [UInt8]) -> Bool {
        bytes.indices.contains { index in
            guard bytes[index] == UInt8(ascii: "_") else { return false }
            let isInside = index > 0 && index + 1 < bytes.count
            return !isInside || !isAlphanumeric(bytes[index - 1]) || !isAlphanumeric(bytes[index + 1])
        }
    }

    private static func looksLikeLink(_ bytes: [UInt8]) -> Bool {
        if contains(bytes, "//") || contains(bytes, "www.") || contains(bytes, "gh-") { return true }
        if let percent = bytes.firstIndex(of: UInt8(ascii: "%")), percent + 1 < bytes.count,
            isAlphanumeric(bytes[percent + 1])
        {
            return true
        }
        return endsLikeHostName(bytes)
    }

    /// Renderers that link bare host names know them by the last part: two or three letters, or one
    /// of a few words.
    private static func endsLikeHostName(_ bytes: [UInt8]) -> Bool {
        guard bytes.contains(UInt8(ascii: ".")) else { return false }
        let parts = bytes.split(whereSeparator: { !isAlphanumeric($0) && $0 != UInt8(ascii: "_") })
        return parts.dropFirst().contains { part in
            let isAlphabetic = part.allSatisfy { 0x61...0x7A ~= $0 }
            return isAlphabetic && 2...3 ~= part.count
                || popularDomains.contains(String(decoding: part, as: UTF8.self))
        }
    }

    private static let popularDomains: Set<String> = [
        "aero", "asia", "coop", "info", "museum", "name", "shop",
    ]

    /// Seven to forty hexadecimal digits are the hash of a commit, unless they are a plain number.
    private static func looksLikeCommit(_ bytes: [UInt8]) -> Bool {
        bytes.split(whereSeparator: { !isAlphanumeric($0) }).contains { part in
            shortestCommit...40 ~= part.count && part.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }
                && part.contains { 0x61...0x66 ~= $0 }
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        0x30...0x39 ~= byte || 0x61...0x7A ~= byte
    }

    private static func contains(_ bytes: [UInt8], _ pattern: StaticString) -> Bool {
        let wanted = Array("\(pattern)".utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...bytes.count - wanted.count).contains { bytes[$0...].starts(with: wanted) }
    }
}
