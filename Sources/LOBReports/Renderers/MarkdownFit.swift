/// Chooses the parts of report.md that fit so many bytes: comments on GitHub hold 65,536 characters, those of other
/// services less or more.
enum MarkdownFit {
    private typealias Placed = (position: Int, part: MarkdownSection.Part)

    /// The smallest number of bytes that holds a summary and what was left out.
    static let smallest = 4096

    /// The sections as one text, with a sentence at its end where something was left out.
    static func text(_ sections: [MarkdownSection], maxBytes: Int?) -> String {
        let parts = spaced(sections)
        let all = parts.reduce(0) { $0 + $1.text.utf8.count }
        guard let maxBytes, all > maxBytes else { return parts.map(\.text).joined() }
        let room = maxBytes - sentence(parts, of: parts, maxBytes).utf8.count
        let kept = Set(fitting(parts, room).map(\.position))
        let leftOut = parts.indices.filter { !kept.contains($0) }.map { parts[$0] }
        let text = parts.indices.filter(kept.contains).map { parts[$0].text }.joined()
        return text + sentence(leftOut, of: parts, maxBytes)
    }

    /// The parts in their order, with an empty line before each section but the first.
    private static func spaced(_ sections: [MarkdownSection]) -> [MarkdownSection.Part] {
        sections.filter { !$0.parts.isEmpty }.enumerated().flatMap { number, section in
            section.parts.enumerated().map { index, part in
                .init(
                    text: (number > 0 && index == 0 ? "\n" : "") + part.text, importance: part.importance)
            }
        }
    }

    /// The most important parts that fit; of equally important ones the first, without gaps.
    private static func fitting(_ parts: [MarkdownSection.Part], _ room: Int) -> [Placed] {
        var room = room
        return MarkdownSection.Importance.allCases.flatMap { importance -> [Placed] in
            let candidates = parts.enumerated().filter { $0.element.importance == importance }
            let kept = candidates.prefix { candidate in
                room -= candidate.element.text.utf8.count
                return room >= 0
            }
            // What did not fit gives its room back, and so does a heading with nothing under it.
            if kept.count < candidates.count { room += candidates[kept.count].element.text.utf8.count }
            if kept.count == 1, candidates.count > 1 {
                room += candidates[0].element.text.utf8.count
                return []
            }
            return kept.map { ($0.offset, $0.element) }
        }
    }

    private static func sentence(
        _ leftOut: [MarkdownSection.Part], of all: [MarkdownSection.Part], _ maxBytes: Int
    ) -> String {
        let counts = MarkdownSection.Importance.allCases.compactMap { importance -> String? in
            let count = leftOut.count { $0.importance == importance }
            guard count > 0 else { return nil }
            let total = all.count { $0.importance == importance }
            let noun = count == 1 ? importance.name.one : importance.name.many
            return "\(NumberText.grouped(count)) of \(NumberText.grouped(total)) \(noun)"
        }
        return """

            **Left out to stay within \(NumberText.grouped(maxBytes)) bytes**: \(counts.joined(separator: ", ")). \
            All of it is in `report.md` and `report.html` of the report folder.

            """
    }
}
