/// A name in an `include` or `exclude` rule: `%` any run, `_` any one character, `[ab]` and `[a-d]` one of a
/// set, `[_]` an underscore (DMS user guide, wildcards in table mapping).
///
/// Letters keep their case.
struct MappingPattern: Hashable {
    private enum Token: Hashable {
        case anyRun
        case anyCharacter
        case one(of: [ClosedRange<Unicode.Scalar>])
    }

    private let tokens: [Token]

    /// Reads a pattern; a `[` that is never closed stands for itself.
    init(_ name: Identifier) {
        let scalars = Array(String(decoding: name.bytes, as: UTF8.self).unicodeScalars)
        var tokens: [Token] = []
        var index = 0
        while index < scalars.count {
            let close = scalars[index...].dropFirst(2).firstIndex(of: "]")
            switch scalars[index] {
            case "%": tokens.append(.anyRun)
            case "_": tokens.append(.anyCharacter)
            case "[":
                guard let close else { fallthrough }
                tokens.append(.one(of: Self.ranges(Array(scalars[index + 1..<close]))))
                index = close
            default: tokens.append(.one(of: [scalars[index]...scalars[index]]))
            }
            index += 1
        }
        self.tokens = tokens
    }

    private static func ranges(_ set: [Unicode.Scalar]) -> [ClosedRange<Unicode.Scalar>] {
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        var index = 0
        while index < set.count {
            if index + 2 < set.count, set[index + 1] == "-", set[index] <= set[index + 2] {
                ranges.append(set[index]...set[index + 2])
                index += 3
            } else {
                ranges.append(set[index]...set[index])
                index += 1
            }
        }
        return ranges
    }

    /// Whether the name matches.
    ///
    /// On a mismatch the last `%` takes one character more.
    func matches(_ name: Identifier) -> Bool {
        guard let text = name.text else { return false }
        let scalars = Array(text.unicodeScalars)
        var (token, position) = (0, 0)
        var lastRun: (token: Int, position: Int)?
        while position < scalars.count {
            if token < tokens.count, tokens[token] == .anyRun {
                lastRun = (token, position)
                token += 1
            } else if token < tokens.count, accepts(tokens[token], scalars[position]) {
                (token, position) = (token + 1, position + 1)
            } else if let run = lastRun {
                lastRun = (run.token, run.position + 1)
                (token, position) = (run.token + 1, run.position + 1)
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy { $0 == .anyRun }
    }

    private func accepts(_ token: Token, _ scalar: Unicode.Scalar) -> Bool {
        switch token {
        case .anyRun, .anyCharacter: true
        case .one(let ranges): ranges.contains { $0.contains(scalar) }
        }
    }
}
