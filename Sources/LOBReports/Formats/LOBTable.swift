import LOBAdvice

/// The columns of the LOB table, shared by its two files.
enum LOBTable {
    /// The first three are what the DMS run book asks for, in these words.
    static let columns: [(title: String, isNumeric: Bool)] = [
        ("Table", false), ("Max LOB Size (Kb)", true), ("Truncations OKAY?", false), ("Rule", false),
        ("Largest observed (octets)", true), ("Coverage", false), ("Risk", true),
    ]

    /// The cells of a table after its name.
    static func cells(_ table: TableFigures) -> [String] {
        [
            table.limit, table.truncationsOK, table.rule, table.largestOctets,
            table.coverage.rawValue, table.risk,
        ]
    }
}
