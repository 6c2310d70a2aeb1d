public import LOBAdvice

/// A roll-up of many databases in any of its forms.
///
/// No form reads a clock: the same profiles give the same bytes.
public struct FleetReport: Sendable, Equatable {
    /// What is shown.
    public let summary: FleetSummary

    /// Creates a report.
    public init(_ summary: FleetSummary) {
        self.summary = summary
    }

    /// The report in one format.
    ///
    /// - Parameters:
    ///   - width: cells of a line of a terminal.
    ///   - isColored: whether a terminal gets colours.
    ///   - isWhole: whether a terminal gets every database, and not the worst alone.
    public func render(
        _ format: FleetFormat, width: Int = TerminalReport.defaultWidth, isColored: Bool = false,
        isWhole: Bool = false
    ) -> [UInt8] {
        switch format {
        case .text:
            TerminalRenderer(width: width, isColored: isColored).render(
                FleetPage(summary: summary, most: isWhole ? .max : FleetPage.shownOnScreen).page)
        case .markdown: MarkdownRenderer.document(FleetPage(summary: summary, most: .max).page)
        case .html: HTMLRenderer.document(FleetPage(summary: summary, most: .max).page)
        case .json: FleetJSON.render(summary)
        case .openMetrics: FleetMetrics(summary).bytes
        }
    }

    /// The files of the folder of a fleet.
    public var files: [ReportFile] {
        FleetFormat.allCases.compactMap { format in
            format.fileName.map { name in ReportFile(path: name) { render(format) } }
        }
    }
}

/// The forms of a roll-up.
public enum FleetFormat: String, Sendable, CaseIterable {
    case text
    case markdown = "md"
    case html
    case json
    /// The text format of OpenMetrics 1.0, for collectors that read files.
    case openMetrics = "openmetrics"

    /// Its file in the folder of a fleet; nil for what is only printed.
    public var fileName: String? {
        switch self {
        case .text, .openMetrics: nil
        case .markdown: "fleet.md"
        case .html: "fleet.html"
        case .json: "fleet.json"
        }
    }
}
