import LOBAdvice

/// lob-table.csv: the LOB table for spreadsheets; ``TablesCSV`` is for programs.
enum LOBTableCSV {
    /// The file.
    static func render(_ report: Report) -> [UInt8] {
        let table = LOBTable.table(report)
        let records = [table.heads.map(\.title)] + table.rows.map { $0.map(\.text.plain) }
        return Array(records.map(CSVField.record).joined().utf8)
    }
}
