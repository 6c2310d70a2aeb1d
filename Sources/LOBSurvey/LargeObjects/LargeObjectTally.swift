import LOBProfile
import SizeStatistics

/// What was counted of large objects so far.
struct LargeObjectTally {
    private var sizes = SizeDistribution()
    private(set) var largest: [LargeObjectSummary.LargeObject] = []
    private var owned: [UInt32: (objects: Int, bytes: Int64)] = [:]
    private(set) var count = 0
    private var unreadable = 0

    /// Counts an object; its size is nil where the role may not read it.
    mutating func add(oid: UInt32, owner: UInt32, size: Int64?) {
        count += 1
        let before = owned[owner] ?? (0, 0)
        owned[owner] = (before.objects + 1, before.bytes + (size ?? 0))
        guard let size else {
            unreadable += 1
            return
        }
        sizes.add(ByteCount(size), count: 1)
        keep(LargeObjectSummary.LargeObject(oid: oid, size: ByteCount(size)))
    }

    /// Objects come in the order of their OIDs: of equally large ones the first are kept.
    private mutating func keep(_ object: LargeObjectSummary.LargeObject) {
        guard largest.count < LocatedSize.kept || largest.last.map({ object.size > $0.size }) ?? true else {
            return
        }
        let index = largest.firstIndex { object.size > $0.size } ?? largest.endIndex
        largest.insert(object, at: index)
        if largest.count > LocatedSize.kept { largest.removeLast() }
    }

    /// The OIDs of the owners.
    var ownerOIDs: [UInt32] { owned.keys.sorted() }

    /// The result.
    func summary(
        storedBytes: Int64?, storedOf: [UInt32: Int64], roles: [UInt32: Identifier],
        references: LargeObjectReferences?
    ) -> LargeObjectSummary {
        let owners = owned.map { oid, part in
            LargeObjectSummary.Owner(
                role: roles[oid] ?? Identifier("\(oid)"), objects: part.objects, bytes: part.bytes)
        }
        return LargeObjectSummary(
            count: count, sizes: sizes, largestOID: largest.first?.oid, unreadable: unreadable,
            storedBytes: storedBytes,
            largest: largest.map { .init(oid: $0.oid, size: $0.size, storedBytes: storedOf[$0.oid]) },
            owners: LargeObjectSummary.owners(of: owners), references: references)
    }
}
