import LOBReports
import PostgreSQLClient

extension GivenOptions {
    /// What this process was given behind the name of its command, without secrets.
    ///
    /// - Parameter argument: what stands for an argument that cannot be repeated.
    static func ofThisRun(argument: String) -> GivenOptions {
        GivenOptions(parsing: Array(CommandLine.arguments.dropFirst(2)), argument: argument)
    }

    /// Options that take no value, of the commands whose options are repeated.
    static let flags: Set = [
        "--foreign-tables", "--trust-owners", "--consistent", "--shards", "--target-foreign-keys",
        "--no-target-foreign-keys", "--json-keys", "--redact-keys", "--probe", "--sql", "--no-sql", "--full",
        "--quiet", "-q", "--verbose",
        "-v",
    ]

    /// Reads words that the command has taken.
    init(parsing arguments: [String], argument: String) {
        var (words, rest, isLiteral) = ([Word](), arguments[...], false)
        while let word = rest.popFirst() {
            let bytes = Array(word.utf8)
            if isLiteral || bytes.count < 2 || bytes[0] != UInt8(ascii: "-") {
                words.append(Self.word("", word, argument))
            } else if bytes == Array("--".utf8) {
                isLiteral = true
            } else if let sign = bytes.firstIndex(of: UInt8(ascii: "=")) {
                let (name, value) = (bytes[..<sign], bytes[(sign + 1)...])
                words.append(Self.word(Self.text(name), Self.text(value), argument))
            } else if Self.flags.contains(word) {
                words.append(Word(name: word, value: nil, placeholder: ""))
            } else if bytes.count > 2, bytes[1] != UInt8(ascii: "-") {
                // Short options that were written together.
                rest = ArraySlice(bytes.dropFirst().map { "-" + Self.text([$0]) } + rest)
            } else {
                words.append(Self.word(word, rest.popFirst(), argument))
            }
        }
        self.init(words)
    }

    private static func text(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private static func word(_ name: String, _ value: String?, _ argument: String) -> Word {
        let long = name.utf8.count > 2 ? text(name.utf8.dropFirst(2)).uppercased() : "VALUE"
        let placeholder = name.isEmpty ? argument : long
        guard let value else { return Word(name: name, value: nil, placeholder: placeholder) }
        // What came over standard input does not come again.
        guard !value.utf8.elementsEqual("-".utf8) else {
            return Word(name: name, value: placeholder, placeholder: placeholder)
        }
        let isOpen = Redaction.of(value, quoting: [value]).utf8.elementsEqual(value.utf8)
        let shown = isOpen ? value : (try? Conninfo(value))?.withoutSecrets ?? placeholder
        return Word(name: name, value: shown, placeholder: placeholder)
    }
}
