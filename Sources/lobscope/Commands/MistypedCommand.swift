import ArgumentParser
import LOBAdvice

/// A word where the name of a command is expected, and what was probably meant.
struct MistypedCommand: CustomStringConvertible {
    private let word: String
    private let known: [String]

    /// Looks at the words of a call, without the name of the program; nil where they begin with commands that there are.
    init?(_ words: [String], of root: any ParsableCommand.Type) {
        var command = root
        for word in words {
            let commands = command.configuration.subcommands
            let isOption = word.utf8.first == UInt8(ascii: "-")
            guard !commands.isEmpty, !isOption, !word.utf8.elementsEqual("help".utf8) else { return nil }
            guard let next = commands.first(where: { $0._commandName.utf8.elementsEqual(word.utf8) }) else {
                self.word = word
                known = commands.map { $0._commandName }
                return
            }
            command = next
        }
        return nil
    }

    /// What is wrong, with a hint on its own line.
    var description: String {
        let hint =
            suggestion.map { "did you mean '\($0)'?" } ?? "commands are \(known.joined(separator: ", "))"
        return "'\(word)' is not a command\nhint: \(hint)"
    }

    /// The nearest command.
    var suggestion: String? { EditDistance.nearest(to: word, among: known) }
}
