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
    let importance: Importance
    let blocks: [PageBlock]

    /// What is kept longest first.
    enum Importance: Int, CaseIterable {
        case summary, decisions, unmeasured, outlook, findings, task, method, signOff
        // From here on what is folded.
        case columns, settings

        /// What it is called where it was left out.
        var name: (one: String, many: String) {
            switch self {
            case .summary: ("line of the summary", "lines of the summary")
            case .decisions: ("line of the tables", "lines of the tables")
            case .unmeasured: ("part on what was not measured", "parts on what was not measured")
            case .outlook: ("line of the outlook", "lines of the outlook")
            case .findings: ("finding", "findings")
            case .task: ("part on the DMS task", "parts on the DMS task")
            case .method: ("part on the method", "parts on the method")
            case .signOff: ("sign-off", "sign-offs")
            case .columns: ("table's columns", "tables' columns")
            case .settings: ("list of server, role and policy", "lists of server, role and policy")
            }
        }
    }
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
    /// Details that are shown on demand; a terminal, which has no fold, leaves them out.
    case folded(PageFold)
}

/// Details under a line that says what they are.
struct PageFold: Sendable {
    let summary: PageText
    let blocks: [PageBlock]
    /// A name for links and scripts; nil where nothing leads to it.
    var id: String?
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

    /// What stands in a row and a column.
    struct Cell: Sendable {
        let text: PageText
        /// How long a bar under the text is, 0 to 1, in forms that can draw one; nil where there is none.
        var share: Double?
    }

    /// What leads to a row, and from it, in forms that have links.
    struct Place: Sendable {
        let id: String
        /// Where the first cell leads; nil for nowhere.
        let link: String?
    }

    /// A column of rows of some type.
    struct Column<Row>: Sendable {
        let head: Head
        let text: @Sendable (Row) -> PageText
        private var share: (@Sendable (Row) -> Double?)?

        init(
            _ title: String, isNumeric: Bool = false, isElastic: Bool = false, isExtra: Bool = false,
            _ text: @escaping @Sendable (Row) -> PageText
        ) {
            head = Head(title: title, isNumeric: isNumeric, isElastic: isElastic, isExtra: isExtra)
            self.text = text
        }

        /// The same column with a bar under each figure, as long as its part of the largest: the text still says all.
        func withBar(upTo largest: Int64, _ value: @escaping @Sendable (Row) -> Int64?) -> Column {
            var column = self
            column.share = { row in
                value(row).flatMap { largest > 0 ? Double($0) / Double(largest) : nil }
            }
            return column
        }

        fileprivate func cell(_ row: Row) -> Cell { Cell(text: text(row), share: share.flatMap { $0(row) }) }
    }

    /// What the table is, for those who cannot see what stands around it.
    let caption: String
    let heads: [Head]
    let rows: [[Cell]]
    /// A name for links and scripts; nil where nothing leads to it.
    let id: String?
    /// What leads to each row; empty where nothing does.
    let places: [Place]

    init<Row>(
        _ caption: String, _ rows: [Row], _ columns: [Column<Row>], id: String? = nil, places: [Place] = []
    ) {
        self.caption = caption
        self.id = id
        self.places = places
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

    /// What stands above ``details``.
    var listTitle: PageText { "each of the \(NumberText.grouped(count)) \(code: id)" }

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
