extension StoredSizeStrata {
    /// The sizes that the rows not read are expected to have: in each stratum those of the rows read at random, as
    /// many times as there are rows for each of them.
    ///
    /// Together with the sizes that were read, an estimate of the whole column for quantiles and shares; the
    /// largest sizes are what ``TwoPhaseEstimate`` is for.
    public func expectedUnreadSizes() -> SizeDistribution {
        var sizes = SizeDistribution()
        for stratum in strata where !stratum.random.isEmpty {
            let unread = stratum.unmeasured.reduce(0) { $0.saturatingSum($1.count) }
            let read = stratum.random.count
            for (index, row) in stratum.random.enumerated() {
                // Shares that differ by one at most and sum to the number of rows.
                let count = unread / read + (index < unread % read ? 1 : 0)
                if count > 0 { sizes.add(row.size, count: count) }
            }
        }
        return sizes
    }
}
