import LOBAdvice

/// What people read, without any layout: made once from facts, and drawn by each renderer.
struct Page: Sendable {
    let title: PageText
    let sections: [PageSection]
}

/// A part of a page that can be left out where there is little room.
struct PageSection: Sendable {
    /// A name for links, stable between versions.
    let id: String
    /// Its heading; nil for the beginning of a page.
    let title: String?
    /// What is kept longest where a form may not be long.
    let importance: MarkdownSection.Importance
    let blocks: [PageBlock]
}

/// A block of a page.
indirect enum PageBlock: Sendable {
    case verdict(PageVerdict)
    /// Terms with what is said of each.
    case facts([PageFact])
    /// Figures that a reader remembers.
    case cards([PageCard])
    case paragraph(PageText)
    case list([PageText])
    case table(PageTable)
    case findings([PageFinding])
    /// Whole lines to be copied, such as statements.
    case code([String])
    /// Lines that are gone and lines that are new.
    case difference([PageChange])
    /// Details that are shown on demand; a terminal shows them only where everything is asked for.
    case folded(PageText, [PageBlock])
}

/// Whether something may go ahead, why, and what to do first.
struct PageVerdict: Sendable {
    let state: Verdict
    let why: PageText
    /// nil where nothing has to be done.
    let first: PageText?
}

/// A term with what is said of it.
struct PageFact: Sendable {
    let term: String
    let text: PageText
}

/// A figure in large type with what it is and what belongs to it.
struct PageCard: Sendable {
    let term: String
    let figure: PageText
    /// Empty where nothing belongs to it.
    let note: PageText
}

/// A table; a column is its heading and its cell together.
struct PageTable: Sendable {
    /// A heading and how its cells are set.
    struct Head: Sendable {
        let title: String
        var isNumeric = false
        /// Whether its cells may take several lines where there is little room.
        var isElastic = false
        /// Whether a terminal leaves it out first.
        var isExtra = false
    }

    /// A column of rows of some type.
    struct Column<Row>: Sendable {
        let head: Head
        let cell: @Sendable (Row) -> PageText

        init(
            _ title: String, isNumeric: Bool = false, isElastic: Bool = false, isExtra: Bool = false,
            _ cell: @escaping @Sendable (Row) -> PageText
        ) {
            head = Head(title: title, isNumeric: isNumeric, isElastic: isElastic, isExtra: isExtra)
            self.cell = cell
        }
    }

    /// What the table is, for those who cannot see what stands around it.
    let caption: String
    let heads: [Head]
    let rows: [[PageText]]

    init<Row>(_ caption: String, _ rows: [Row], _ columns: [Column<Row>]) {
        self.caption = caption
        heads = columns.map(\.head)
        self.rows = rows.map { row in columns.map { $0.cell(row) } }
    }
}

/// Findings of one id: the worst subjects, and what mends them.
struct PageFinding: Sendable {
    let severity: Finding.Severity
    let id: String
    let count: Int
    /// Whether a person accepted them: they are told, and count for nothing.
    let isAccepted: Bool
    /// The subjects alone, with the file that mends them, where there is one line.
    let short: PageText
    /// The message of the only one; how many there are and which of several.
    let text: PageText
    let remedy: PageText
    /// Each of several; the first ones where there are many.
    let details: [Detail]
    /// What is said of those that are not among ``details``; nil where all are.
    let more: PageText?

    /// One finding among several.
    struct Detail: Sendable {
        let text: PageText
        let remedy: PageText
    }
}

/// A line of a difference.
struct PageChange: Sendable {
    let isNew: Bool
    let text: String
}
