import LOBAdvice

/// Colours and weights of a terminal, or none.
struct TerminalStyle {
    let isColored: Bool

    /// A heading.
    func heading(_ text: String) -> String { paint(text, "1") }

    /// A word in the colour of a severity.
    func severity(_ severity: Finding.Severity) -> String {
        switch severity {
        case .error: paint(severity.rawValue, "1;31")
        case .warning: paint(severity.rawValue, "1;33")
        case .info: paint(severity.rawValue, "1;36")
        }
    }

    /// A line of a difference: what is new in green, what is gone in red.
    func difference(_ line: String) -> String {
        switch line.utf8.first {
        case UInt8(ascii: "+")?: paint(line, "32")
        case UInt8(ascii: "-")?: paint(line, "31")
        default: line
        }
    }

    private func paint(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
