import ArgumentParser
import PostgreSQLClient

/// Options of `lobscope profile` that a fleet hands on, read and checked before any database is touched.
struct ProfileWords {
    /// Those that were found to be right: databases often share theirs.
    private var known: Set<[String]> = []

    /// What a fleet decides itself, and what a file says with a key of its own.
    private static let refused: [String: String] = [
        "out": "each database has a folder in --out of the fleet",
        "resume": "--resume of the fleet resumes them",
        "dbname": "write it in conninfo", "host": "write it in conninfo", "port": "write it in conninfo",
        "username": "write it in conninfo", "policy": "write policy: FILE beside options",
        "quiet": "each has its log", "verbose": "each has its log", "progress": "each has its log",
        "color": "each has its log", "help": "see lobscope profile --help",
    ]

    /// Reads a mapping of long names, without dashes, to values: `true` for a flag, a list for an option that is given repeatedly.
    ///
    /// - Throws: ``YAMLError`` with the line of what `lobscope profile` would not take.
    mutating func read(_ node: YAMLNode) throws(YAMLError) -> [String] {
        var words: [String] = []
        for (name, value) in try node.entries("options", of: "write options: {time-budget: 30min}") {
            if let reason = Self.refused[name] {
                throw value.error("\"\(name)\" is no option of one database", hint: reason)
            }
            words += try Self.words(name, value)
        }
        do throws(Refusal) {
            try check(words)
        } catch {
            throw node.error("options: \(error.message)", hint: error.hint)
        }
        return words
    }

    private static func words(_ name: String, _ value: YAMLNode) throws(YAMLError) -> [String] {
        if value.bool == true { return ["--\(name)"] }
        var words: [String] = []
        for element in try value.list(name, orScalar: true) {
            words.append("--\(name)=\(try element.text(name))")
        }
        return words
    }

    /// Why words are no options of `lobscope profile`.
    struct Refusal: Error {
        let message: String
        let hint: String?
    }

    /// Checks words as they stand on a command line.
    mutating func check(_ words: [String]) throws(Refusal) {
        guard !known.contains(words) else { return }
        if let name = words.lazy.compactMap(Self.name).first(where: { Self.refused[$0] != nil }) {
            throw Refusal(message: "--\(name) is no option of one database", hint: Self.refused[name])
        }
        do {
            let command = try ProfileCommand.parse(words)
            let place = command.connection
            guard
                [place.conninfo, place.database, place.host, place.port, place.username].allSatisfy({
                    $0 == nil
                })
            else { throw ValidationError("a word that says where to connect\nhint: write it in conninfo") }
            for reader in try command.readers.parsed() where try reader.handover().password != nil {
                throw ValidationError(
                    "--reader has a password\nhint: write it in ~/.pgpass or a service file")
            }
        } catch {
            let isWrong = !ProfileCommand.exitCode(for: error).isSuccess
            let text = isWrong ? ProfileCommand.message(for: error) : "a word that is no option of measuring"
            let parts = text.split(separator: "\nhint: ", maxSplits: 1).map(String.init)
            throw Refusal(
                message: parts.first ?? text, hint: parts.dropFirst().first ?? "see lobscope profile --help")
        }
        known.insert(words)
    }

    /// The long name of an option; nil for other words.
    private static func name(_ word: String) -> String? {
        guard word.utf8.starts(with: "--".utf8) else { return nil }
        let name = word.utf8.dropFirst(2).prefix { $0 != UInt8(ascii: "=") }
        return String(decoding: name, as: UTF8.self)
    }
}
