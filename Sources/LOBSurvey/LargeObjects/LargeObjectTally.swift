import LOBProfile
import SizeStatistics

/// What was counted of large objects so far.
struct LargeObjectTally {
    private var sizes = SizeDistribution()
    private(set) var largest: [LargeObjectSummary.LargeObject] = []
    private var owned: [UInt32: (amount: LargeObjectAmount, granted: Int)] = [:]
    private var all = LargeObjectAmount()
    private var batches = LargeObjectBatches()

    /// How many there are.
    var count: Int { all.objects }

    /// Counts an object with a larger OID than those before.
    mutating func add(_ object: LargeObjectWindow.Object) {
        all.add(size: object.size)
        owned[object.owner, default: (LargeObjectAmount(), 0)].amount.add(size: object.size)
        if object.isGranted { owned[object.owner]?.granted += 1 }
        batches.add(oid: object.oid, owner: object.owner, size: object.size)
        guard let size = object.size else { return }
        sizes.add(ByteCount(size), count: 1)
        keep(LargeObjectSummary.LargeObject(oid: object.oid, size: ByteCount(size)))
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
        references: LargeObjectReferences?, securityLabels: Int?, reading: TableReading?
    ) -> LargeObjectSummary {
        let owners = owned.map { oid, part in
            LargeObjectSummary.Owner(
                role: roles[oid] ?? Identifier("\(oid)"), objects: part.amount.objects,
                bytes: part.amount.bytes, unreadable: part.amount.unreadable, granted: part.granted)
        }
        return LargeObjectSummary(
            count: count, sizes: sizes, largestOID: largest.first?.oid, unreadable: all.unreadable ?? 0,
            storedBytes: storedBytes,
            largest: largest.map { .init(oid: $0.oid, size: $0.size, storedBytes: storedOf[$0.oid]) },
            owners: LargeObjectSummary.owners(of: owners), references: references,
            batches: batches.batches(roles: roles), securityLabels: securityLabels, reading: reading)
    }
}
