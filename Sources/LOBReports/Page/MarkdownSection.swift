/// A section of a page in Markdown, in parts that may be left out where a comment may not be long.
struct MarkdownSection {
    /// A part: whole lines, so that what stays is whole without it.
    struct Part {
        var text: String
        let importance: PageSection.Importance
        /// Whether it only begins something, such as a heading: with nothing after it, it is left out too.
        var isLead = false
        /// The fold that it begins; nil where it begins none.
        var fold: Fold?

        /// Its bytes, with those of what must come with it.
        var byteCount: Int { text.utf8.count + (fold?.end.utf8.count ?? 0) }
    }

    /// Details whose parts may be left out, but not their end.
    struct Fold {
        /// How many parts are in it.
        let parts: Int
        let end: String
    }

    let parts: [Part]
}
