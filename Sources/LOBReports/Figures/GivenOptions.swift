/// The options and arguments of a command as a person gave them, so that commands can be told that repeat them.
public struct GivenOptions: Sendable, Equatable {
    /// An option, a flag or an argument.
    public struct Word: Sendable, Equatable {
        /// As it was written, such as `--table` or `-t`; empty for an argument.
        let name: String
        /// Without any secret; nil for a flag.
        let value: String?
        /// What stands for a value that cannot be pasted, such as `CONNINFO`.
        let placeholder: String

        /// Creates a word.
        public init(name: String = "", value: String?, placeholder: String) {
            self.name = name
            self.value = value
            self.placeholder = placeholder
        }
    }

    private let words: [Word]

    /// Creates options in the order in which they were given.
    public init(_ words: [Word] = []) {
        self.words = words
    }

    /// What says where results go and how they are shown, which the next run decides anew.
    private static let ofOneRun: Set = [
        "--out", "-o", "--quiet", "-q", "--verbose", "-v", "--color", "--progress", "--format", "-f",
        "--fail-on",
    ]

    /// The last value of an option; nil where it was not given.
    func value(of names: Set<String>) -> String? {
        words.last { names.contains($0.name) }?.value
    }

    /// The words as a shell takes them, each behind a space, without those that only this run needed.
    ///
    /// - Parameters:
    ///   - dropped: further options that are left out, in each of their spellings.
    ///   - hasArguments: whether arguments are repeated too.
    func text(without dropped: Set<String> = [], hasArguments: Bool = true) -> String {
        words.filter { word in
            word.name.isEmpty
                ? hasArguments : !dropped.contains(word.name) && !Self.ofOneRun.contains(word.name)
        }.map { " " + Self.text($0) }.joined()
    }

    private static func text(_ word: Word) -> String {
        guard let value = word.value else { return word.name }
        let shown = ShellWord.quoted(value) ?? word.placeholder
        if word.name.isEmpty { return shown }
        // A value that begins with a dash is one only behind a sign.
        let isBehindSign = value.utf8.first == UInt8(ascii: "-")
        return word.name + (isBehindSign ? "=" : " ") + shown
    }
}

/// Words of a POSIX shell.
enum ShellWord {
    /// A word that a shell passes on unchanged; nil for text that would not be shown as it is.
    static func quoted(_ text: String) -> String? {
        guard VisibleText.escape(text).utf8.elementsEqual(text.utf8) else { return nil }
        let isPlain = text.utf8.allSatisfy { byte in
            0x61...0x7A ~= byte || 0x41...0x5A ~= byte || 0x30...0x39 ~= byte
                || "_-./:=@%+,".utf8.contains(byte)
        }
        guard !isPlain || text.utf8.isEmpty else { return text }
        // By bytes: a mark behind a quote is one Character with it.
        let inside = text.utf8.flatMap { $0 == UInt8(ascii: "'") ? Array("'\\''".utf8) : [$0] }
        return "'\(String(decoding: inside, as: UTF8.self))'"
    }

    /// The word for a path, which is no option whatever it begins with.
    static func path(_ text: String) -> String? {
        quoted(text.utf8.first == UInt8(ascii: "-") ? "./\(text)" : text)
    }
}
