import LOBAdvice
import SizeStatistics

/// The figures of one logical table that formats show: a row of the LOB table.
struct TableFigures {
    let table: TableRecommendation
    /// Why parts of the table were not measured.
    let unmeasured: [Unmeasured]

    /// The tables of the LOB table, in the order of names: those with a LOB that DMS can migrate.
    static func lobTable(_ report: Report) -> [TableFigures] {
        report.shared.lobTable {
            report.recommendation.lobTable.map { TableFigures($0, report: report) }
        }
    }

    /// Creates the figures of a table.
    init(_ table: TableRecommendation, report: Report) {
        self.table = table
        let relations = Set(table.leaves + [table.name] + table.readColumns.map(\.relation))
        unmeasured = relations.flatMap { report.unmeasured[$0] ?? [] }
            .sorted { $0.offset < $1.offset }.map(\.element)
    }

    /// The columns that DMS treats as LOBs.
    var lobColumns: [ColumnRecommendation] {
        table.columns.filter { $0.profile.column.lobClass != .none }
    }

    /// Those that a full load reads under the table's name.
    var readLOBs: [ColumnRecommendation] {
        table.readColumns.filter { $0.profile.column.lobClass != .none }
    }

    /// The coverage of the least certain LOB column.
    var coverage: Coverage {
        readLOBs.map(\.estimate.coverage).max { $0.uncertainty < $1.uncertainty } ?? .skipped
    }

    /// The limit in KiB as a plain number, or why there is none.
    ///
    /// Never 0.
    var limit: String {
        if let limit = table.limit { return "\(limit.count)" }
        switch coverage {
        case .refused: return "not known (refused)"
        case .skipped:
            return
                "not known (\(unmeasured.first.map { UnmeasuredWords.reason($0.reason) } ?? "not measured"))"
        case .exact, .forecast, .bounded, .undated, .sampled: return "no value"
        }
    }

    /// The limit where the reason stands beside it.
    var shortLimit: String { table.limit.map { "\($0.count)" } ?? "not known" }

    /// Whether values may be cut, in the words of the LOB table.
    var truncationsOK: String { table.isTruncationOK ? "Yes" : "No" }

    /// The largest size of all LOB columns in octets; ``Figure/notKnown`` without one.
    var largestSize: Figure {
        Figure.largest(of: readLOBs.map(\.estimate.largestSize)) ?? .notKnown
    }

    /// The largest size, in octets without grouping, with what is certain of it.
    var largestOctets: String {
        if largestSize.exactValue == 0, readLOBs.allSatisfy({ $0.estimate.shownLargest == nil }) {
            return "no value"
        }
        return FigureText.words(largestSize) { "\($0)" }
    }

    /// What is deployed for it.
    var rule: String {
        table.isSelected ? RuleText.words(table.mode, table.bulkMaxSize) : "not selected"
    }

    /// The risk as a figure.
    var risk: String { RiskText.figure(table.risk) }
}
