public import SizeStatistics

/// The large objects of a database (`pg_largeobject`): DMS migrates none of them.
public struct LargeObjectSummary: Sendable, Codable, Equatable {
    /// Large objects in `pg_largeobject_metadata`, empty ones included.
    public let count: Int
    /// Sizes of those that could be read, as `lo_lseek` to the end tells them: a sparse object counts in full.
    public let sizes: SizeDistribution
    /// The OID of the largest of those.
    public let largestOID: UInt32?
    /// Those whose size could not be read.
    public let unreadable: Int
    /// Bytes of `pg_largeobject` on disk, compressed as stored, pages that nothing uses any more included; nil where
    /// it was not asked for.
    public let storedBytes: Int64?
    /// The largest objects, largest first, at most ``LocatedSize/kept``; nil where they were not listed.
    public let largest: [LargeObject]?
    /// Who owns how much, most bytes first; nil where nobody looked.
    public let owners: [Owner]?
    /// Which columns refer to them; nil where nobody looked, or not to the end.
    public let references: LargeObjectReferences?
    /// All of them, divided for moving them; nil in profiles of versions that did not, and of merged ones.
    public let batches: [Batch]?
    /// Their security labels, which the script that moves them leaves out; nil where nobody looked.
    public let securityLabels: Int?
    /// In which moments their sizes were read; nil in snapshots of versions that did not record it, and in sums of which
    /// one part is of such a version.
    public let reading: TableReading?

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
    public struct Owner: LargeObjectPart, Codable, Equatable {
        public let role: Identifier
        public let objects: Int
        public let bytes: Int64
        public let unreadable: Int?
        /// How many have privileges of their own (`lomacl`), that whoever moves them has to grant again; nil in
        /// snapshots of versions that did not count them.
        public let granted: Int?

        /// Creates an entry.
        public init(role: Identifier, objects: Int, bytes: Int64, unreadable: Int? = 0, granted: Int? = 0) {
            self.role = role
            self.objects = objects
            self.bytes = bytes
            self.unreadable = unreadable
            self.granted = granted
        }
    }

    /// Objects of one owner, in a range of OIDs, that can be moved together.
    ///
    /// Ranges of one owner do not overlap, and are in the order of OIDs; those of other owners may lie between.
    public struct Batch: LargeObjectPart, Codable, Equatable {
        /// The OID of the role that owns them.
        public let ownerOID: UInt32
        public let role: Identifier
        /// The smallest OID of them.
        public let first: UInt32
        /// The largest OID of them.
        public let last: UInt32
        public let objects: Int
        public let bytes: Int64
        public let unreadable: Int?

        /// Creates a batch.
        public init(
            ownerOID: UInt32, role: Identifier, oids: ClosedRange<UInt32>, amount: LargeObjectAmount
        ) {
            self.ownerOID = ownerOID
            self.role = role
            first = oids.lowerBound
            last = oids.upperBound
            objects = amount.objects
            bytes = amount.bytes
            unreadable = amount.unreadable
        }
    }

    /// Creates a summary.
    public init(
        count: Int, sizes: SizeDistribution, largestOID: UInt32?, unreadable: Int, storedBytes: Int64? = nil,
        largest: [LargeObject]? = nil, owners: [Owner]? = nil, references: LargeObjectReferences? = nil,
        batches: [Batch]? = nil, securityLabels: Int? = nil, reading: TableReading? = nil
    ) {
        self.reading = reading
        self.securityLabels = securityLabels
        self.count = count
        self.sizes = sizes
        self.largestOID = largestOID
        self.unreadable = unreadable
        self.storedBytes = storedBytes
        self.largest = largest
        self.owners = owners
        self.references = references
        self.batches = batches
    }

    /// Whether nothing is left to find: each size, and all columns that refer to objects.
    public var isComplete: Bool {
        unreadable == 0 && references.map { count == 0 || $0.orphans != nil } ?? false
    }
}
