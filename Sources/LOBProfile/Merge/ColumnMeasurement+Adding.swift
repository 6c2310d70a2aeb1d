import SizeStatistics

extension ColumnMeasurement {
    /// The sum of two measurements of different rows; the places of the largest values mean nothing any more.
    ///
    /// - Throws: ``MergeError`` where the rows were not measured in the same way.
    func adding(_ other: ColumnMeasurement, named subject: String) throws(MergeError) -> ColumnMeasurement {
        guard tail == nil, other.tail == nil else { throw MergeError(subject, .sampledHistogram) }
        guard method == other.method, (blocks == nil) == (other.blocks == nil) else {
            throw MergeError(
                subject,
                .differs(what: "the method", one: method.rawValue, other: other.method.rawValue))
        }
        var sizes = distribution
        sizes.merge(other.distribution)
        if let bound, let others = other.bound {
            return ColumnMeasurement(
                bound: bound.adding(others),
                beside: ColumnMeasurement(
                    method: .sample, distribution: sizes, largest: [], blocks: blocks(with: other)))
        }
        return ColumnMeasurement(
            method: method, distribution: sizes, largest: [], unreadBlocks: unreadBlocks + other.unreadBlocks,
            unreadRows: unreadRows + other.unreadRows, strata: strata(with: other),
            blocks: blocks(with: other),
            usesLZ4: usesLZ4.flatMap { mine in other.usesLZ4.map { mine || $0 } })
    }

    private func strata(with other: ColumnMeasurement) -> StoredSizeStrata? {
        guard var sum = strata, let others = other.strata else { return strata ?? other.strata }
        sum.add(independent: others)
        return sum
    }

    private func blocks(with other: ColumnMeasurement) -> BlockSummary? {
        guard var sum = blocks, let others = other.blocks else { return nil }
        sum.merge(others)
        return sum
    }
}

extension SizeBound {
    /// What bounds the values of two tables together.
    fileprivate func adding(_ other: SizeBound) -> SizeBound {
        SizeBound(
            inRows: max(inRows, other.inRows),
            outside: outside.map { $0.adding(other.outside) } ?? other.outside)
    }
}

extension SizeBound.Outside {
    fileprivate func adding(_ other: SizeBound.Outside?) -> SizeBound.Outside {
        guard let other else { return self }
        return SizeBound.Outside(
            largest: max(largest, other.largest), values: Self.sum(values, other.values),
            chunks: Self.sum(chunks, other.chunks), storedBytes: storedBytes + other.storedBytes)
    }

    private static func sum(_ left: Int?, _ right: Int?) -> Int? {
        left.flatMap { left in right.map { left + $0 } }
    }
}
