public import SizeStatistics

/// The large objects of a database (`pg_largeobject`): DMS migrates none of them.
public struct LargeObjectSummary: Sendable, Codable, Equatable {
    /// Large objects in `pg_largeobject_metadata`, empty ones included.
    public let count: Int
    /// Sizes of those that could be read, as `lo_lseek` to the end tells them: a sparse object counts in full.
    public let sizes: SizeDistribution
    /// The OID of the largest.
    public let largestOID: UInt32?
    /// Those whose size the role may not read.
    public let unreadable: Int
    /// Bytes of `pg_largeobject` on disk, compressed as stored, pages that nothing uses any more included; nil where
    /// it was not asked for.
    public let storedBytes: Int64?
    /// The largest objects, largest first, at most ``LocatedSize/kept``; nil where they were not listed.
    public let largest: [LargeObject]?
    /// Who owns how much, most bytes first; nil where nobody looked.
    public let owners: [Owner]?
    /// Which columns refer to them; nil where nobody looked.
    public let references: LargeObjectReferences?

    /// A large object that is listed by itself.
    public struct LargeObject: Sendable, Codable, Equatable {
        public let oid: UInt32
        /// Bytes up to its end.
        public let size: ByteCount
        /// Bytes of its pages as they are stored, compressed; nil where the role may not read them, or there are too
        /// many to add up.
        public let storedBytes: Int64?

        /// Creates an entry.
        public init(oid: UInt32, size: ByteCount, storedBytes: Int64? = nil) {
            self.oid = oid
            self.size = size
            self.storedBytes = storedBytes
        }
    }

    /// A role that owns large objects.
    public struct Owner: Sendable, Codable, Equatable {
        public let role: Identifier
        /// How many it owns.
        public let objects: Int
        /// Bytes of those whose size could be read.
        public let bytes: Int64

        /// Creates an entry.
        public init(role: Identifier, objects: Int, bytes: Int64) {
            self.role = role
            self.objects = objects
            self.bytes = bytes
        }
    }

    /// Creates a summary.
    public init(
        count: Int, sizes: SizeDistribution, largestOID: UInt32?, unreadable: Int, storedBytes: Int64? = nil,
        largest: [LargeObject]? = nil, owners: [Owner]? = nil, references: LargeObjectReferences? = nil
    ) {
        self.count = count
        self.sizes = sizes
        self.largestOID = largestOID
        self.unreadable = unreadable
        self.storedBytes = storedBytes
        self.largest = largest
        self.owners = owners
        self.references = references
    }
}
