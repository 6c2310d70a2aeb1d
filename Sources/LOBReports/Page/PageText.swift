import LOBAdvice

/// Text of a page in runs; each renderer escapes them in its own way.
struct PageText: Sendable, Equatable {
    /// A piece of text with one look.
    enum Run: Sendable, Equatable {
        case plain(String)
        /// An identifier, a file or a command: never taken for anything else.
        case code(String)
        case strong(String)
        /// A word with the meaning of a severity, said in words as well as in colour.
        case severity(Finding.Severity)
        /// Plain text that leads to a part of the same page, where the form has links.
        case link(String, to: String)
    }

    private(set) var runs: [Run]

    init(_ runs: [Run]) { self.runs = runs }

    /// Plain text.
    init(_ text: String) { runs = text.utf8.isEmpty ? [] : [.plain(text)] }

    /// An identifier, a file or a command.
    static func code(_ text: String) -> PageText { PageText([.code(text)]) }

    /// Whether it has no text.
    var isEmpty: Bool { runs.isEmpty }

    /// Without any look, as a terminal shows it.
    var plain: String {
        runs.map { run in
            switch run {
            case .plain(let text), .code(let text), .strong(let text), .link(let text, _): text
            case .severity(let severity): severity.rawValue
            }
        }.joined()
    }

    static func + (left: PageText, right: PageText) -> PageText { PageText(left.runs + right.runs) }
}

extension PageText: ExpressibleByStringInterpolation {
    /// Collects the runs of a literal.
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var runs: [Run] = []

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: String) { append(.plain(literal)) }

        /// Plain text, such as a figure.
        mutating func appendInterpolation(_ text: String) { append(.plain(text)) }

        /// A number without commas.
        mutating func appendInterpolation(_ number: Int) { append(.plain("\(number)")) }

        /// An identifier, a file or a command.
        mutating func appendInterpolation(code text: String) { runs.append(.code(text)) }

        mutating func appendInterpolation(_ text: PageText) { text.runs.forEach { append($0) } }

        private mutating func append(_ run: Run) {
            guard case .plain(let more) = run else { return runs.append(run) }
            guard !more.utf8.isEmpty else { return }
            if case .plain(let text)? = runs.last {
                runs[runs.count - 1] = .plain(text + more)
            } else {
                runs.append(run)
            }
        }
    }

    init(stringLiteral value: String) { self.init(value) }

    init(stringInterpolation: StringInterpolation) { runs = stringInterpolation.runs }
}
