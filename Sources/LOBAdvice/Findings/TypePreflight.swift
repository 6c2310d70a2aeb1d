/// Columns of types that DMS does not list, and values that are larger than the string or number that it lists.
struct TypePreflight {
    let profile: Profile

    var findings: [Finding] {
        subjects.flatMap { subject -> [Finding] in
            subject.column.family == .unlisted ? [unlisted(subject)] : unbounded(subject)
        }
    }

    /// A column of a logical table, over all of its partitions.
    private struct Subject {
        let path: String
        let column: Column
        /// The size of the largest value; not known where nothing was read.
        let largest: Figure
    }

    private var subjects: [Subject] {
        let families: Set<TypeFamily> = [.unlisted, .number, .bits, .range]
        let found = profile.tables.flatMap { table in
            table.columns.filter { families.contains($0.column.family) }.map { column in
                let path =
                    "\(table.relation.logicalName.losslessText).\(column.column.name.losslessText)"
                return Subject(path: path, column: column.column, largest: Self.largest(column.measurement))
            }
        }
        return Dictionary(grouping: found) { Array($0.path.utf8) }.values.map { parts in
            Subject(
                path: parts[0].path, column: parts[0].column,
                largest: Figure.largest(of: parts.map(\.largest)) ?? .notKnown)
        }
    }

    private static func largest(_ measurement: ColumnMeasurement?) -> Figure {
        guard let measurement else { return .notKnown }
        let size = measurement.largestSize?.bytes ?? 0
        let isComplete =
            measurement.method == .full && measurement.unreadBlocks + measurement.unreadRows == 0
        return isComplete ? .exact(size) : .atLeast(size)
    }

    private func seen(_ largest: Figure) -> String {
        switch largest.provenance {
        case .exact where largest.atLeast == 0: "it has no value"
        case .exact: "its largest value has \(largest.atLeast) bytes as text"
        default:
            largest.atLeast > 0
                ? "the largest value that was read has \(largest.atLeast) bytes as text"
                : "its sizes are not known"
        }
    }

    private func unlisted(_ subject: Subject) -> Finding {
        FindingID.typeUnlisted.finding(
            .warning, subject.path,
            "\"\(subject.path)\" has the type \(subject.column.typeName.losslessText), which is not in DMS's list: it may be "
                + "left out, cut as a string, or become a LOB; \(seen(subject.largest))",
            remedy:
                "try one row, that of the largest value, and compare the target with the source; limits count it as a LOB "
                + "meanwhile",
            reference: GuidePage.source)
    }

    private func unbounded(_ subject: Subject) -> [Finding] {
        guard let longest = subject.column.family.longestText, subject.largest.atLeast > longest else {
            return []
        }
        let (bound, remedy) = Self.bound(subject.column.family)
        return [
            FindingID.typeUnbounded.finding(
                .warning, subject.path,
                "\"\(subject.path)\" has the type \(subject.column.typeName.losslessText), \(bound), and "
                    + "\(seen(subject.largest)): no LOB setting keeps it whole",
                remedy: remedy, reference: GuidePage.source)
        ]
    }

    private static func bound(_ family: TypeFamily) -> (String, String) {
        switch family {
        case .number:
            (
                "a number of at most 38 digits to DMS",
                "from PostgreSQL to PostgreSQL set MapUnboundedNumericAsString; else move such rows by hand"
            )
        case .bits: ("a string of one character a bit to DMS", "move such rows by hand, or make it a bytea")
        default: ("a string of at most 255 characters to DMS", "move such rows by hand")
        }
    }
}
