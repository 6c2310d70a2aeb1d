import LOBAdvice
import SizeStatistics

/// Figures in words: no number without what is certain of it.
enum FigureText {
    /// `5`, `at least 5`, `at most 5`, `about 5` or `not known`.
    static func words(
        _ figure: Figure, _ number: (Int64) -> String = { NumberText.grouped(Int($0)) }
    ) -> String {
        text(figure, ("at least ", "at most ", "about "), number)
    }

    /// `5`, `>= 5`, `<= 5`, `~ 5` or `not known`, where there is little room.
    static func short(_ figure: Figure, _ number: (Int64) -> String) -> String {
        text(figure, (">= ", "<= ", "~ "), number)
    }

    /// A size in the largest unit that it fills, such as `4.9 KiB`, `at least 4.9 KiB` or `size not known`.
    static func rounded(_ figure: Figure) -> String {
        figure.value == nil ? "size not known" : words(figure) { SizeText.rounded(ByteCount($0)) }
    }

    /// The exact number of bytes; see ``SizeText/exact(_:)``.
    static func exact(_ figure: Figure) -> String {
        words(figure) { SizeText.exact(ByteCount($0)) }
    }

    /// A count with its noun, such as `at least 1 value`.
    static func counted(_ figure: Figure, _ noun: String) -> String {
        words(figure) { NumberText.counted(Int($0), noun) }
    }

    private static func text(
        _ figure: Figure, _ signs: (atLeast: String, atMost: String, about: String),
        _ number: (Int64) -> String
    ) -> String {
        guard let value = figure.value else { return "not known" }
        let sign =
            switch figure.provenance {
            case .exact, .notKnown: ""
            case .atLeast: signs.atLeast
            case .atMost: signs.atMost
            case .estimated: signs.about
            }
        return sign + number(value)
    }
}
