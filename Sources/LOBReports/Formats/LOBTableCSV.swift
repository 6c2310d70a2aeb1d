import LOBAdvice

/// lob-table.csv: the LOB table for spreadsheets; ``TablesCSV`` is for programs.
enum LOBTableCSV {
    /// The file.
    static func render(_ report: Report) -> [UInt8] {
        let records = TableFigures.lobTable(report).map { [$0.table.name.losslessText] + LOBTable.cells($0) }
        return Array(([LOBTable.columns.map(\.title)] + records).map(CSVField.record).joined().utf8)
    }
}
