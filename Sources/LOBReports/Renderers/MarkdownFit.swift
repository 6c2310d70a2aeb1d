/// Chooses the parts of report.md that fit so many bytes: comments on GitHub hold 65,536 characters, those of other
/// services less or more.
enum MarkdownFit {
    private typealias Placed = (position: Int, part: MarkdownSection.Part)

    /// The smallest number of bytes that holds a summary and what was left out.
    static let smallest = 4096

    /// The sections as one text, with a sentence at its end where something was left out.
    static func text(_ sections: [MarkdownSection], maxBytes: Int?) -> String {
        let parts = spaced(sections)
        let whole = joined(parts) { _ in true }
        guard let maxBytes, whole.utf8.count > maxBytes else { return whole }
        let room = maxBytes - sentence(parts, of: parts, maxBytes).utf8.count
        let kept = Set(fitting(parts, room).map(\.position))
        let leftOut = parts.indices.filter { !kept.contains($0) }.map { parts[$0] }
        return joined(parts, where: kept.contains) + sentence(leftOut, of: parts, maxBytes)
    }

    /// The parts that are kept, each fold with its end.
    private static func joined(_ parts: [MarkdownSection.Part], where isKept: (Int) -> Bool) -> String {
        var text = ""
        var end: (position: Int, text: String)?
        for (position, part) in parts.enumerated() {
            if isKept(position) {
                text += part.text
                if let fold = part.fold { end = (position: position + fold.parts, text: fold.end) }
            }
            if let found = end, found.position == position {
                text += found.text
                end = nil
            }
        }
        return text
    }

    /// The parts in their order, with an empty line before each section but the first.
    private static func spaced(_ sections: [MarkdownSection]) -> [MarkdownSection.Part] {
        sections.filter { !$0.parts.isEmpty }.enumerated().flatMap { number, section in
            section.parts.enumerated().map { index, part in
                var part = part
                if number > 0, index == 0 { part.text = "\n" + part.text }
                return part
            }
        }
    }

    /// The most important parts that fit; of equally important ones the first, without gaps.
    private static func fitting(_ parts: [MarkdownSection.Part], _ room: Int) -> [Placed] {
        var room = room
        return PageSection.Importance.allCases.flatMap { importance -> [Placed] in
            let candidates = parts.enumerated().filter { $0.element.importance == importance }
            var kept: [Placed] = []
            for (position, part) in candidates {
                guard part.byteCount <= room else { break }
                room -= part.byteCount
                kept.append((position, part))
            }
            // A beginning with nothing after it gives its room back.
            while kept.count < candidates.count, let last = kept.last, last.part.isLead {
                room += last.part.byteCount
                kept.removeLast()
            }
            return kept
        }
    }

    private static func sentence(
        _ leftOut: [MarkdownSection.Part], of all: [MarkdownSection.Part], _ maxBytes: Int
    ) -> String {
        let counts = PageSection.Importance.allCases.compactMap { importance -> String? in
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
