/// What large objects mean for a migration.
public enum LargeObjectFinding: Hashable, Sendable {
    case present(Presence)
    /// Numbers of a column that are hardly OIDs by chance.
    case numbers(Numbers)
    /// Numbers of columns that may be OIDs by chance.
    case unlikelyNumbers([Numbers])
    /// Values that are the OID of no large object.
    case missing(type: Identifier?, count: Int, of: Int, isLO: Bool)

    /// Large objects of a database, and what refers to them.
    public struct Presence: Hashable, Sendable {
        public let count: Int
        /// Whether the count is that of one moment, and complete.
        public let isCountExact: Bool
        public let referrers: Referrers
        /// Objects that only numbers in other columns refer to; nil where there are none.
        public let onlyByNumbers: Amount?
        public let orphans: Orphans
        public let vacuumlo: Vacuumlo
    }

    /// What refers to large objects.
    public enum Referrers: Hashable, Sendable {
        /// Columns that may, by their types only.
        case candidates([ColumnName])
        /// Columns that were read and do, and the names of what could not be read.
        case read([Referring], unchecked: [String])
    }

    /// A column of a table.
    public struct ColumnName: Hashable, Sendable {
        public let table: RelationName
        public let column: Identifier
    }

    /// A column that refers to large objects.
    public struct Referring: Hashable, Sendable {
        public let name: ColumnName
        public let objects: Int
    }

    /// A number of objects and their bytes.
    public struct Amount: Hashable, Sendable {
        public let objects: Int
        public let size: Figure
    }

    /// Objects that nothing was found to refer to.
    public enum Orphans: Hashable, Sendable {
        /// Nobody looked for references.
        case notAsked
        /// How many there are is not known, for these could not be searched.
        case notKnown(unsearched: [String])
        case none
        /// Whether columns of other types were searched too.
        case some(Amount, isEverythingSearched: Bool)
    }

    /// What is said of vacuumlo, which removes what no column of type oid or lo refers to.
    public enum Vacuumlo: Hashable, Sendable {
        case notNamed
        /// It would remove what only numbers refer to.
        case removesNumbered
        /// It does not ask columns of domains.
        case missesDomains
        case possible
    }

    /// Numbers of a column that are OIDs of large objects.
    public struct Numbers: Hashable, Sendable {
        public let name: ColumnName
        public let type: Identifier
        public let matching: Int
        public let numbers: Int
        /// Different objects.
        public let objects: Int
    }
}

/// What large objects mean for a migration: DMS copies the numbers that refer to them, and none of the objects.
struct LargeObjectPreflight {
    let relations: [Relation]
    let largeObjects: LargeObjectSummary?

    var findings: [Finding] {
        guard let largeObjects else { return [] }
        let references = largeObjects.references
        let missing = (references?.columns ?? []).compactMap(missing)
        guard largeObjects.count > 0 else { return missing }
        return [summary(largeObjects)] + (references?.numbers.map(numbers) ?? []) + missing
    }

    private func summary(_ largeObjects: LargeObjectSummary) -> Finding {
        let (isReferredTo, referrers) = referrers(largeObjects)
        let only = largeObjects.references?.numbers.map(\.only).flatMap { $0.objects > 0 ? $0 : nil }
        return FindingID.largeObjects.finding(
            isReferredTo ? .error : .warning, "large objects",
            .largeObjects(
                .present(
                    .init(
                        count: largeObjects.count,
                        isCountExact: largeObjects.countFigure.exactValue != nil, referrers: referrers,
                        onlyByNumbers: only.map { amount($0, largeObjects) },
                        orphans: orphans(largeObjects), vacuumlo: vacuumlo(largeObjects.references)))),
            .source)
    }

    /// Whether anything refers to large objects, or may, and what.
    private func referrers(_ largeObjects: LargeObjectSummary) -> (Bool, LargeObjectFinding.Referrers) {
        guard let references = largeObjects.references else { return candidates }
        let columns = references.referring.map {
            LargeObjectFinding.Referring(
                name: .init(table: $0.relation, column: $0.name), objects: $0.objects)
        }
        let unchecked = references.unchecked.map(\.subject)
        let isLikely = references.numbers?.columns.contains(where: \.isLikely) ?? false
        return (
            !unchecked.isEmpty || !columns.isEmpty || isLikely, .read(columns, unchecked: unchecked)
        )
    }

    /// Columns by their types only.
    private var candidates: (Bool, LargeObjectFinding.Referrers) {
        let references = relations.flatMap { relation in
            relation.columns.filter { $0.family == .largeObjectReference }.map {
                LargeObjectFinding.ColumnName(table: relation.logicalName, column: $0.name)
            }
        }
        let places = Set(references).sorted {
            $0.text.utf8.lexicographicallyPrecedes($1.text.utf8)
        }
        return (!places.isEmpty, .candidates(places))
    }

    /// What is known of the objects that no column of type oid or lo refers to.
    private func orphans(_ largeObjects: LargeObjectSummary) -> LargeObjectFinding.Orphans {
        guard let references = largeObjects.references else { return .notAsked }
        guard let orphans = references.orphans else {
            return .notKnown(unsearched: references.numbers?.unchecked.map(\.subject) ?? [])
        }
        return orphans.objects > 0
            ? .some(amount(orphans, largeObjects), isEverythingSearched: references.numbers != nil) : .none
    }

    private func amount(
        _ part: LargeObjectAmount, _ largeObjects: LargeObjectSummary
    ) -> LargeObjectFinding.Amount {
        .init(objects: part.objects, size: largeObjects.size(of: part))
    }

    /// vacuumlo is named only where everything was searched.
    private func vacuumlo(_ references: LargeObjectReferences?) -> LargeObjectFinding.Vacuumlo {
        guard let references, let orphans = references.orphans, let numbers = references.numbers else {
            return .notNamed
        }
        guard references.isVacuumloSafe else {
            return numbers.only.objects > 0 ? .removesNumbered : .missesDomains
        }
        return orphans.objects > 0 ? .possible : .notNamed
    }
}

extension LargeObjectFinding.ColumnName {
    /// `schema.table.column`.
    public var text: String { "\(table.losslessText).\(column.losslessText)" }
}

/// Columns with numbers that are OIDs of large objects, and of none.
extension LargeObjectPreflight {
    /// One finding for each column that hardly holds OIDs by chance, and one for all others.
    private func numbers(_ numbers: LargeObjectNumbers) -> [Finding] {
        func found(_ column: LargeObjectNumbers.Column) -> LargeObjectFinding.Numbers {
            .init(
                name: .init(table: column.relation, column: column.name), type: column.typeName,
                matching: column.matching, numbers: column.numbers, objects: column.objects)
        }
        let unlikely = numbers.columns.filter { !$0.isLikely }.map(found)
        let likely = numbers.columns.filter(\.isLikely).map(found).map {
            FindingID.largeObjectNumber.finding(.warning, $0.name.text, .largeObjects(.numbers($0)), .source)
        }
        guard !unlikely.isEmpty else { return likely }
        return likely + [
            FindingID.largeObjectNumber.finding(
                .info, "large objects", .largeObjects(.unlikelyNumbers(unlikely)), .source)
        ]
    }

    /// Values that are the OID of no large object.
    private func missing(_ column: LargeObjectReferences.Column) -> Finding? {
        guard let dangling = column.dangling, dangling > 0, let values = column.values else { return nil }
        let isLO = column.isLO ?? false
        return FindingID.largeObjectMissing.finding(
            isLO ? .warning : .info, "\(column.relation.losslessText).\(column.name.losslessText)",
            .largeObjects(.missing(type: column.typeName, count: dangling, of: values, isLO: isLO)))
    }
}
