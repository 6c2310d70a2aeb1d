/// Which columns refer to large objects, and how many objects nothing refers to.
///
/// A column may refer to them where its type is `oid`, or a domain over it such as `lo`. As for vacuumlo, a value that
/// equals the OID of a large object refers to it.
public struct LargeObjectReferences: Sendable, Codable, Equatable {
    /// Columns that were read in full, by name.
    public let columns: [Column]
    /// Columns that could not be read, or not in full, with the reason.
    public let unchecked: [Unmeasured]
    /// Objects that no column refers to; nil where a column could not be read, which might refer to any of them.
    public let orphans: Orphans?

    /// A column and the objects that it refers to.
    public struct Column: Sendable, Codable, Equatable {
        public let relation: RelationName
        public let name: Identifier
        /// Different objects.
        public let objects: Int
        /// Bytes of those whose size could be read.
        public let bytes: Int64

        /// Creates an entry.
        public init(relation: RelationName, name: Identifier, objects: Int, bytes: Int64) {
            self.relation = relation
            self.name = name
            self.objects = objects
            self.bytes = bytes
        }
    }

    /// Objects that nothing refers to.
    public struct Orphans: Sendable, Codable, Equatable {
        public let objects: Int
        /// Bytes of those whose size could be read.
        public let bytes: Int64

        /// Creates a count.
        public init(objects: Int, bytes: Int64) {
            self.objects = objects
            self.bytes = bytes
        }
    }

    /// Creates references.
    public init(columns: [Column], unchecked: [Unmeasured], orphans: Orphans?) {
        self.columns = columns
        self.unchecked = unchecked
        self.orphans = orphans
    }

    /// The columns that refer to at least one object.
    public var referring: [Column] { columns.filter { $0.objects > 0 } }
}
