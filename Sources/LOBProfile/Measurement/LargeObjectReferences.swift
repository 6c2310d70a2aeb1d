/// Which columns refer to large objects, and how many objects nothing refers to.
///
/// A column certainly may refer to them where its type is `oid`, or a domain over it such as `lo`. As for vacuumlo, a
/// value that equals the OID of a large object refers to it. Where such columns do not refer to each object, numbers in
/// other columns are looked at too: see ``LargeObjectNumbers``.
public struct LargeObjectReferences: Sendable, Codable, Equatable {
    /// Columns of type oid, or a domain over it, that were read in full, by name.
    public let columns: [Column]
    /// Such columns that could not be read, or not in full, with the reason.
    public let unchecked: [Unmeasured]
    /// What numbers in columns of other types say; nil where no object was left to look for, and in snapshots of
    /// versions that did not look.
    public let numbers: LargeObjectNumbers?
    /// Objects that no column refers to, neither certainly nor by a number; nil where a column could not be read, which
    /// might refer to any of them.
    ///
    /// Without ``numbers`` only columns of type oid were asked.
    public let orphans: LargeObjectAmount?

    /// A column and the objects that it refers to.
    public struct Column: LargeObjectPart, Codable, Equatable {
        public static let search: LargeObjectSearch? = .references
        public let relation: RelationName
        public let name: Identifier
        /// Different objects.
        public let objects: Int
        public let bytes: Int64
        public let unreadable: Int?
        /// The type, such as `oid`, `lo` or another domain; nil in snapshots of versions that did not say.
        public let typeName: Identifier?
        /// Whether the type is `lo`, or a domain over it, which is used for nothing but large objects.
        public let isLO: Bool?
        /// Values that are neither NULL nor 0; nil in snapshots of versions that did not count them.
        public let values: Int?
        /// Those of them that are the OID of no large object.
        public let dangling: Int?

        /// Creates an entry.
        public init(
            relation: RelationName, name: Identifier, amount: LargeObjectAmount,
            typeName: Identifier? = nil, isLO: Bool? = nil, values: Int? = nil, dangling: Int? = nil
        ) {
            self.relation = relation
            self.name = name
            objects = amount.objects
            bytes = amount.bytes
            unreadable = amount.unreadable
            self.typeName = typeName
            self.isLO = isLO
            self.values = values
            self.dangling = dangling
        }
    }

    /// Creates references.
    public init(
        columns: [Column], unchecked: [Unmeasured], orphans: LargeObjectAmount?,
        numbers: LargeObjectNumbers? = nil
    ) {
        self.columns = columns
        self.unchecked = unchecked
        self.orphans = orphans
        self.numbers = numbers
    }

    /// The columns of type oid that refer to at least one object.
    public var referring: [Column] { columns.filter { $0.objects > 0 } }

    /// Whether vacuumlo would remove what nothing refers to, and nothing else: all columns were searched, and no object is
    /// referred to only by a column that vacuumlo does not ask, as it asks those of type oid and lo.
    public var isVacuumloSafe: Bool {
        guard orphans != nil, numbers?.only.objects == 0 else { return false }
        return referring.allSatisfy { $0.typeName.map(Self.typesOfVacuumlo.contains) ?? false }
    }

    private static let typesOfVacuumlo: Set = [Identifier("oid"), Identifier("lo")]
}

/// What numbers in columns of types other than oid say about large objects.
///
/// Hibernate keeps the OID of a `@Lob String` as digits in a text column, and others keep it in a bigint. Searched are
/// columns of type text, varchar, char and bigint, and domains over them; a number that is the OID of a large object
/// may refer to it, or be the same by chance.
public struct LargeObjectNumbers: Sendable, Codable, Equatable {
    /// Columns with at least one number that is the OID of a large object, by name.
    public let columns: [Column]
    /// How many columns were searched in full.
    public let searched: Int
    /// Tables that could not be searched, or not in full, with the reason.
    public let unchecked: [Unmeasured]
    /// Objects that only such numbers refer to, and no column of type oid.
    public let only: LargeObjectAmount

    /// A column with numbers that are OIDs of large objects.
    public struct Column: LargeObjectPart, Codable, Equatable {
        public static let search: LargeObjectSearch? = .references
        public let relation: RelationName
        public let name: Identifier
        /// The type, such as `text`, or a domain over it.
        public let typeName: Identifier
        /// Different objects.
        public let objects: Int
        public let bytes: Int64
        public let unreadable: Int?
        /// Values that are a number above 0 of at most ten digits, without a leading zero; of a bigint all above 0.
        public let numbers: Int
        /// Those of them that are the OID of a large object.
        public let matching: Int

        /// Creates an entry.
        public init(
            relation: RelationName, name: Identifier, typeName: Identifier, amount: LargeObjectAmount,
            numbers: Int, matching: Int
        ) {
            self.relation = relation
            self.name = name
            self.typeName = typeName
            objects = amount.objects
            bytes = amount.bytes
            unreadable = amount.unreadable
            self.numbers = numbers
            self.matching = matching
        }

        /// Whether most of its numbers are OIDs of large objects: then it is hardly chance, unless the numbers of the
        /// column and the OIDs fill the same range.
        public var isLikely: Bool { matching * 2 >= numbers }
    }

    /// Creates what was found.
    public init(columns: [Column], searched: Int, unchecked: [Unmeasured], only: LargeObjectAmount) {
        self.columns = columns
        self.searched = searched
        self.unchecked = unchecked
        self.only = only
    }
}
