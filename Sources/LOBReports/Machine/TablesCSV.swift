import LOBAdvice

/// tables.csv: the tables of the LOB table for programs, with plain numbers and closed lists of words.
///
/// An empty field is what is not known, or what a table does not have; lob-table.csv is the one for spreadsheets.
enum TablesCSV {
    /// Names and order stay; columns may be added at the end.
    static let columns = [
        "schema", "table", "largest_column", "rows", "bytes", "needed_kb", "mode", "limit_kb", "certainty",
        "risk", "reason",
    ]

    /// The words of `mode`.
    enum Mode: String, CaseIterable {
        case limited, unlimited
        /// Unlimited, but in a full load values up to `limit_kb` go with their rows.
        case inline
        /// No rule selects the table.
        case none

        init(_ table: TableRecommendation) {
            switch table.mode {
            case _ where !table.isSelected: self = .none
            case .limited: self = .limited
            case .unlimited: self = table.bulkMaxSize.count > 0 ? .inline : .unlimited
            case .none: self = .none
            }
        }
    }

    /// The file.
    static func render(_ report: Report) -> [UInt8] {
        let records = TableFigures.lobTable(report).map(record)
        return Array(([columns] + records).map(CSVField.exactRecord).joined().utf8)
    }

    private static func record(_ figures: TableFigures) -> [String] {
        let (table, size, mode) = (figures.table, figures.largestSize, Mode(figures.table))
        let hasLimit = mode == .limited || mode == .inline
        return [
            table.name.schema.losslessText, table.name.name.losslessText, largestColumn(figures),
            text(rows(table, size.provenance)), text(size.value), text(table.limit?.count), mode.rawValue,
            hasLimit ? text(table.bulkMaxSize.count) : "", size.provenance.rawValue,
            table.risk.map(decimal) ?? "", ModeWords.sentence(table.reason),
        ]
    }

    /// The column with the largest value that is known; of several the first.
    private static func largestColumn(_ figures: TableFigures) -> String {
        var largest: (size: Int64, name: Identifier)?
        for column in figures.readLOBs where column.estimate.shownLargest != nil {
            guard let size = column.estimate.largestSize.value, largest.map({ size > $0.size }) ?? true else {
                continue
            }
            largest = (size, column.profile.column.name)
        }
        return largest?.name.losslessText ?? ""
    }

    /// The rows that a full load reads under the table's name; nil where less is certain of their number than of the largest
    /// value, as one word speaks of both.
    private static func rows(_ table: TableRecommendation, _ certainty: Figure.Provenance) -> Int64? {
        var seen: Set<RelationName> = []
        let rows = Figure.sum(
            of: table.readColumns.filter { seen.insert($0.relation).inserted }.map(\.rows))
        return rows.provenance == .exact || rows.provenance == certainty ? rows.value : nil
    }

    private static func text(_ number: (some BinaryInteger)?) -> String {
        number.map { String($0) } ?? ""
    }

    /// A probability with the fewest digits that read back as the same number, and without an exponent.
    static func decimal(_ probability: Double) -> String {
        // Zero has two forms in Swift, and one to a reader.
        guard probability != 0 else { return "0" }
        guard probability != 1 else { return "1" }
        let parts = "\(probability)".split(separator: "e", maxSplits: 1)
        guard parts.count == 2, let exponent = Int(parts[1]), exponent < 0 else { return "\(probability)" }
        let digits = parts[0].filter { $0 != "." }
        return "0." + String(repeating: "0", count: -exponent - 1) + digits
    }
}
