import LOBAdvice

/// The columns of the LOB table, shared by its two files.
enum LOBTable {
    /// The first three are what the DMS run book asks for, in these words.
    static let columns: [(title: String, isNumeric: Bool)] = [
        ("Table", false), ("Max LOB Size (Kb)", true), ("Truncations OKAY?", false), ("Mode", false),
        ("Setting (Kb)", true), ("Largest observed (octets)", true), ("Coverage", false), ("Risk", true),
    ]

    /// The cells of a table after its name.
    static func cells(_ table: TableFigures) -> [String] {
        [
            table.limit, table.truncationsOK, table.mode, table.setting, table.largestOctets,
            table.coverage.rawValue, table.risk,
        ]
    }
}
