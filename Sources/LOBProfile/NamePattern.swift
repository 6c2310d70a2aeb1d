/// A pattern for names as `pg_dump --table` takes it: `*` any run of characters, `?` any one
/// character, double quotes for exact text; letters outside quotes are folded to lower case.
///
/// `schema.table` matches both parts; a pattern without a dot matches the table in any schema.
public struct NamePattern: Hashable, Sendable, Codable {
    /// The pattern as it was typed.
    public let source: Identifier
    private let schema: [Token]?
    private let name: [Token]

    private enum Token: Hashable {
        case byte(UInt8)
        case anyCharacter
        case anyRun
        case dot
    }

    /// Why a pattern could not be read.
    public enum PatternError: Error, Hashable, Sendable, CustomStringConvertible {
        case empty
        case unterminatedQuote
        case tooManyParts

        /// The reason, to follow the pattern's own text.
        public var description: String {
            switch self {
            case .empty: "pattern is empty"
            case .unterminatedQuote: "pattern has a double quote that is never closed"
            case .tooManyParts: "pattern has more than one unquoted dot; write schema.table"
            }
        }
    }

    /// Parses a pattern for tables.
    public init(_ text: String) throws(PatternError) {
        source = Identifier(text)
        let parts = try Self.tokens(of: Array(text.utf8)).split(
            separator: .dot, maxSplits: .max, omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }) else { throw .empty }
        switch parts.count {
        case 1: (schema, name) = (nil, Array(parts[0]))
        case 2: (schema, name) = (Array(parts[0]), Array(parts[1]))
        default: throw .tooManyParts
        }
    }

    /// The pattern that matches exactly one name, whatever characters it has.
    public init(exactly relation: RelationName) {
        source = Identifier(SQLText.quoted(relation))
        schema = relation.schema.bytes.map(Token.byte)
        name = relation.name.bytes.map(Token.byte)
    }

    private static func tokens(of bytes: [UInt8]) throws(PatternError) -> [Token] {
        var tokens: [Token] = []
        var isQuoted = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let isDoubledQuote = isQuoted && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\"")
            switch byte {
            case UInt8(ascii: "\"") where isDoubledQuote:
                tokens.append(.byte(byte))
                index += 1
            case UInt8(ascii: "\""): isQuoted.toggle()
            case _ where isQuoted: tokens.append(.byte(byte))
            case UInt8(ascii: "*"): tokens.append(.anyRun)
            case UInt8(ascii: "?"): tokens.append(.anyCharacter)
            case UInt8(ascii: "."): tokens.append(.dot)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): tokens.append(.byte(byte | 0x20))
            default: tokens.append(.byte(byte))
            }
            index += 1
        }
        guard !isQuoted else { throw .unterminatedQuote }
        return tokens
    }

    /// Whether a relation's name matches.
    public func matches(_ relation: RelationName) -> Bool {
        if let schema, !Self.matches(schema, relation.schema.bytes) { return false }
        return Self.matches(name, relation.name.bytes)
    }

    /// Whether a schema's name matches a pattern that names only a schema.
    public func matches(schema: Identifier) -> Bool {
        self.schema == nil && Self.matches(name, schema.bytes)
    }

    /// The pattern as SQL's LIKE takes it: of the schema, nil where any will do, and of the name.
    package var like: (schema: [UInt8]?, name: [UInt8]) { (schema.map(Self.like), Self.like(name)) }

    private static func like(_ tokens: [Token]) -> [UInt8] {
        tokens.flatMap { token -> [UInt8] in
            switch token {
            case .byte(let byte): "%_\\".utf8.contains(byte) ? [UInt8(ascii: "\\"), byte] : [byte]
            case .anyCharacter: [UInt8(ascii: "_")]
            case .anyRun: [UInt8(ascii: "%")]
            case .dot: [UInt8(ascii: ".")]
            }
        }
    }

    /// Wildcard matching without recursion: on a mismatch, the last `*` takes one byte more.
    private static func matches(_ pattern: [Token], _ bytes: [UInt8]) -> Bool {
        var (token, byte) = (0, 0)
        var lastRun: (token: Int, byte: Int)?
        while byte < bytes.count {
            if token < pattern.count, pattern[token] == .anyRun {
                lastRun = (token, byte)
                token += 1
            } else if token < pattern.count, let next = advance(pattern[token], bytes, byte) {
                (token, byte) = (token + 1, next)
            } else if let run = lastRun {
                lastRun = (run.token, run.byte + 1)
                (token, byte) = (run.token + 1, run.byte + 1)
            } else {
                return false
            }
        }
        return pattern[token...].allSatisfy { $0 == .anyRun }
    }

    /// The position after what one token takes, or nil when it does not match here.
    ///
    /// `?` takes a whole UTF-8 character: its lead byte and the continuation bytes behind it.
    private static func advance(_ token: Token, _ bytes: [UInt8], _ index: Int) -> Int? {
        switch token {
        case .byte(let wanted): return bytes[index] == wanted ? index + 1 : nil
        case .anyCharacter:
            var next = index + 1
            while next < bytes.count, bytes[next] & 0xC0 == 0x80 { next += 1 }
            return next
        case .anyRun, .dot: return nil
        }
    }

    /// Reads the pattern's text.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        do {
            try self.init(text)
        } catch {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "\(error)"))
        }
    }

    /// Writes the pattern's text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(source.losslessText)
    }
}
