import LOBAdvice

extension Finding.Fix.Warning {
    /// It in words, for a person who runs the statements.
    var text: String {
        switch self {
        case .writesTable: Self.writing
        case .writesTableForKey:
            "\(Self.writing); on the target set the sequence of the column behind its largest value when the migration is "
                + "over"
        case .writesTableForLength:
            "it refuses keys of more characters from then on; \(Self.writing); a column with a COLLATE of its own loses it "
                + "unless you add it to the statement"
        case .restoreNotNull:
            "SET NOT NULL again when the migration is over; of a domain or CHECK it changes nothing"
        }
    }

    /// What a statement costs that writes a table anew.
    static let writing = "it writes the whole table, and nobody reads it meanwhile"
}
