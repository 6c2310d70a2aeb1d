/// A type that DMS does not list, or that its string or number is too small for; with the size of the largest value, as text.
public enum TypeFinding: Hashable, Sendable {
    case unlisted(Identifier, largest: Figure)
    case unbounded(Identifier, TypeFamily, largest: Figure)
}

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

    private func unlisted(_ subject: Subject) -> Finding {
        FindingID.typeUnlisted.finding(
            .warning, subject.path,
            .type(.unlisted(subject.column.typeName, largest: subject.largest)), .source)
    }

    private func unbounded(_ subject: Subject) -> [Finding] {
        let (family, largest) = (subject.column.family, subject.largest)
        guard let longest = family.longestText, largest.atLeast > longest else { return [] }
        return [
            FindingID.typeUnbounded.finding(
                .warning, subject.path,
                .type(.unbounded(subject.column.typeName, family, largest: largest)), .source)
        ]
    }
}
