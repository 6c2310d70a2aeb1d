/// How many letters two spellings differ by: what a person probably meant is near.
package enum EditDistance {
    /// The edit distance of Levenshtein in bytes; more than any other where the lengths differ by more than 2.
    package static func between(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard abs(left.count - right.count) <= 2 else { return .max }
        var row = Array(0...right.count)
        for (line, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for (column, other) in right.enumerated() {
                let above = row[column + 1]
                row[column + 1] = min(above + 1, row[column] + 1, diagonal + (byte == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }

    /// What was probably meant by a word: a name that begins with it, or differs in two letters and less than half of its own;
    /// nil where there is none.
    package static func nearest(to word: String, among known: [String]) -> String? {
        if word.utf8.count >= 3, let longer = known.first(where: { $0.utf8.starts(with: word.utf8) }) {
            return longer
        }
        let distances = known.map { (name: $0, distance: between(Array(word.utf8), Array($0.utf8))) }
        let near = distances.filter { $0.distance <= 2 && 2 * $0.distance <= $0.name.utf8.count }
        return near.min { $0.distance < $1.distance }?.name
    }
}
