public import LOBAdvice

/// What was found in deployed files, with the files and the profile that they were held against.
public struct LintReport: Sendable, Equatable {
    public let review: Review
    /// The findings of the review, in the order in which people read them.
    let findings: [Finding]
    /// The profile that tells the sizes.
    public let profile: Profile
    /// The mapping file as it was named; nil for standard input.
    public let mappingPath: String?
    /// The settings file as it was named; nil where there is none, or for standard input.
    public let settingsPath: String?

    /// Creates a report.
    public init(review: Review, profile: Profile, mappingPath: String?, settingsPath: String?) {
        self.review = review
        findings = review.findings.inOrder
        self.profile = profile
        self.mappingPath = mappingPath
        self.settingsPath = settingsPath
    }

    /// Whether there is a finding of a severity, or of a higher one, that nobody accepted.
    public func reaches(_ severity: Finding.Severity) -> Bool {
        review.findings.worstSeverity.map { $0 >= severity } ?? false
    }

    /// The report in one format.
    ///
    /// - Parameter detail: what the text shows beside a few findings of each kind; the others always have everything.
    public func render(
        _ format: LintFormat, detail: LintDetail = LintDetail(), width: Int = TerminalReport.defaultWidth,
        isColored: Bool = false
    ) -> [UInt8] {
        switch format {
        case .text:
            TerminalRenderer(width: width, isColored: isColored).render(
                LintPage(report: self, detail: detail).page)
        case .markdown: MarkdownRenderer.document(LintPage(report: self, detail: detail.whole).page)
        case .html: HTMLRenderer.document(LintPage(report: self, detail: detail.whole).page)
        case .json: LintJSON.render(self)
        case .sarif: LintSARIF.render(self)
        }
    }
}

/// What a lint report shows in a terminal.
public struct LintDetail: Sendable, Equatable {
    /// Whether each table is listed with what the tasks do with it.
    public let hasTreatments: Bool
    /// Whether every finding is shown, rather than the first of each kind.
    public let hasEveryFinding: Bool

    /// The same with every finding, for forms that fold them.
    var whole: LintDetail { LintDetail(hasTreatments: hasTreatments, hasEveryFinding: true) }

    /// Creates a detail.
    public init(hasTreatments: Bool = false, hasEveryFinding: Bool = false) {
        self.hasTreatments = hasTreatments
        self.hasEveryFinding = hasEveryFinding
    }
}

/// The forms of a lint report.
public enum LintFormat: String, Sendable, CaseIterable {
    case text, json
    case markdown = "md"
    case html
    /// SARIF 2.1.0 (OASIS), as code scanning services read it.
    case sarif
}
