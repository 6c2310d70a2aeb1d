import LOBProfile

/// Divides the objects of each owner into ranges of OIDs that cost about the same to move.
///
/// Objects come in the order of their OIDs. However many there are, it holds not many more than ``mostRanges`` ranges:
/// where they become more, neighbours are joined.
struct LargeObjectBatches {
    private struct Range {
        var oids: ClosedRange<UInt32>
        var amount: LargeObjectAmount

        /// The bytes to move, and as much for each object as its row and a round of work cost.
        var cost: Int64 {
            let (rows, isTooMuch) = Int64(amount.objects).multipliedReportingOverflow(by: costOfObject)
            let (sum, overflow) = amount.bytes.addingReportingOverflow(rows)
            return isTooMuch || overflow ? .max : sum
        }

        /// It with the next range of the same owner.
        func joined(with next: Range) -> Range {
            Range(oids: oids.lowerBound...next.oids.upperBound, amount: amount + next.amount)
        }
    }

    private var ranges: [UInt32: [Range]] = [:]
    private var count = 0
    /// What a range may cost.
    private var grain: Int64 = 1 << 20

    private static let costOfObject: Int64 = 4096
    private static let mostRanges = 2048
    /// Into how many batches of about the same cost all objects are divided, where owners allow it.
    private static let batches: Int64 = 64
    /// Below so many bytes there is nothing to divide.
    private static let smallestBatch: Int64 = 64 << 20

    /// Adds an object with a larger OID than those before.
    mutating func add(oid: UInt32, owner: UInt32, size: Int64?) {
        var amount = LargeObjectAmount()
        amount.add(size: size)
        Self.append(
            Range(oids: oid...oid, amount: amount), to: &ranges[owner, default: []], atMost: grain,
            counting: &count)
        while count > Self.mostRanges + ranges.count { join(upTo: grain.multipliedReportingOverflow(by: 2)) }
    }

    private mutating func join(upTo doubled: (partialValue: Int64, overflow: Bool)) {
        grain = doubled.overflow ? .max : doubled.partialValue
        (ranges, count) = joined(upTo: grain)
    }

    private func joined(upTo cost: Int64) -> ([UInt32: [Range]], count: Int) {
        var count = 0
        let joined = ranges.mapValues { old in
            var new: [Range] = []
            for range in old { Self.append(range, to: &new, atMost: cost, counting: &count) }
            return new
        }
        return (joined, count)
    }

    private static func append(
        _ range: Range, to ranges: inout [Range], atMost cost: Int64, counting count: inout Int
    ) {
        if let last = ranges.last {
            let joined = last.joined(with: range)
            if joined.cost <= cost {
                ranges[ranges.count - 1] = joined
                return
            }
        }
        ranges.append(range)
        count += 1
    }

    /// The batches, by owner and OID.
    ///
    /// - Parameter roles: the names of owners.
    func batches(roles: [UInt32: Identifier]) -> [LargeObjectSummary.Batch] {
        let total = ranges.values.joined().reduce(Int64(0)) { sum, range in
            let (next, overflow) = sum.addingReportingOverflow(range.cost)
            return overflow ? .max : next
        }
        let (joined, _) = joined(upTo: max(Self.smallestBatch, total / Self.batches))
        return joined.sorted { $0.key < $1.key }.flatMap { owner, parts in
            parts.map {
                LargeObjectSummary.Batch(
                    ownerOID: owner, role: roles[owner] ?? Identifier("\(owner)"), oids: $0.oids,
                    amount: $0.amount)
            }
        }
    }
}
