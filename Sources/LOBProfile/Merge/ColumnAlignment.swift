/// Brings columns of the same names under the same attribute numbers.
///
/// Shards that were altered in another order, or lost a column, number the same columns differently.
struct ColumnAlignment {
    private let left: TableProfile
    private let right: TableProfile

    init(_ left: TableProfile, _ right: TableProfile) {
        self.left = left
        self.right = right
    }

    /// Both tables with the numbers and the order of one of them; as they are where their columns have other names.
    ///
    /// The numbers are the same in whatever order many tables are added: the smallest, compared in the order of names.
    var aligned: (TableProfile, TableProfile) {
        guard left.columnNames == right.columnNames, left.numbers != right.numbers else {
            return (left, right)
        }
        return left.numbers.lexicographicallyPrecedes(right.numbers)
            ? (left, right.numbered(as: left.relation)) : (left.numbered(as: right.relation), right)
    }
}

extension TableProfile {
    fileprivate var columnsByName: [Column] { relation.columns.sorted { $0.name < $1.name } }
    fileprivate var columnNames: [Identifier] { columnsByName.map(\.name) }
    /// The attribute numbers in the order of names, and those of keys, whose other columns have no names here.
    fileprivate var numbers: [Int16] {
        columnsByName.map(\.number)
            + relation.keys.sorted { $0.name < $1.name }.flatMap { [-1] + $0.columns }
    }

    /// The same table with the numbers of another whose columns have the same names.
    fileprivate func numbered(as model: Relation) -> TableProfile {
        let places = Dictionary(
            model.columns.enumerated().map { ($0.element.name, ($0.offset, $0.element.number)) }
        ) { first, _ in first }
        let place = { (column: Column) in places[column.name]?.0 ?? 0 }
        let renumbered = { (column: Column) in
            column.numbered(places[column.name]?.1 ?? column.number)
        }
        let keys = relation.keys.map { key in
            model.keys.first { $0.isAlike(key, in: model, relation) } ?? key.withoutNumbers
        }
        var table = self
        table.relation.keys = keys
        table.relation.headers = nil
        table.relation.columns = relation.columns.sorted { place($0) < place($1) }.map(renumbered)
        table.columns = columns.sorted { place($0.column) < place($1.column) }.map {
            ColumnProfile(column: renumbered($0.column), measurement: $0.measurement)
        }
        return table
    }
}

extension UniqueIndex {
    /// Whether it is the same key of a table of the same shape: its columns that have names here have the same ones.
    fileprivate func isAlike(_ other: UniqueIndex, in mine: Relation, _ theirs: Relation) -> Bool {
        let names = { (columns: [Int16], relation: Relation) in
            columns.map { number in relation.columns.first { $0.number == number }?.name }
        }
        return name == other.name && isPrimary == other.isPrimary && isPartial == other.isPartial
            && isImmediate == other.isImmediate && isValid == other.isValid
            && isOnNotNullColumns == other.isOnNotNullColumns && isExclusion == other.isExclusion
            && columns.map { $0 == 0 } == other.columns.map { $0 == 0 }
            && names(columns, mine) == names(other.columns, theirs)
    }

    /// The key with numbers that no column has, so that it is none of those of another table.
    fileprivate var withoutNumbers: UniqueIndex {
        UniqueIndex(
            name: name, columns: columns.map { _ in -1 }, isPrimary: isPrimary, isPartial: isPartial,
            isImmediate: isImmediate, isValid: isValid, isOnNotNullColumns: isOnNotNullColumns,
            isExclusion: isExclusion ?? false)
    }
}

extension Column {
    fileprivate func numbered(_ number: Int16) -> Column {
        Column(
            number: number, name: name, typeName: typeName, typeOID: typeOID, family: family,
            declaredLength: declaredLength, isNotNull: isNotNull, isGenerated: isGenerated,
            isSelectable: isSelectable, storage: storage)
    }
}
