import LOBAdvice

/// The largest value of a database in words.
enum LargestText {
    /// The size with what is certain of it, or why there is none.
    ///
    /// - Parameters:
    ///   - isScopeEmpty: whether there is no table in scope: then that there is no LOB column is not known.
    ///   - size: how a size is written.
    static func figure(
        _ largest: LargestValue, isScopeEmpty: Bool, _ size: (ByteCount) -> String
    ) -> String {
        guard largest.columns > 0 else { return isScopeEmpty ? "not known" : "none" }
        guard largest.place != nil else {
            return largest.measuredColumns == 0 ? "not known" : "no value was seen"
        }
        return FigureText.words(largest.size) { size(ByteCount($0)) }
    }

    /// Where it is, and over how many columns it is.
    static func note(_ largest: LargestValue) -> PageText {
        guard largest.columns > 0 else { return "no LOB column" }
        let over = over(largest.measuredColumns, of: largest.columns, "LOB column")
        guard let place = largest.place else {
            return largest.measuredColumns == 0 ? "no LOB column was measured" : PageText(over)
        }
        return "in \(code: subject(place))\(over.isEmpty ? "" : ", \(over)")"
    }

    /// `schema.table.column`.
    static func subject(_ place: LargestValue.Place) -> String {
        place.relation.losslessText + "." + place.column.losslessText
    }

    /// `over 12 of 15 LOB columns`; nothing where it is over all.
    static func over(_ known: Int, of all: Int, _ noun: String) -> String {
        known == all ? "" : "over \(NumberText.grouped(known)) of \(NumberText.counted(all, noun))"
    }
}
