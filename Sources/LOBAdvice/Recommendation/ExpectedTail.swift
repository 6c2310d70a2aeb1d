extension ColumnRecommendation {
    /// How many rows of all are larger than each of several sizes, as the tail of the sample expects,
    /// with an interval of 95 %; nil for columns that were measured in another way, or refused.
    public func expectedAbove(_ sizes: [ByteCount]) -> [CutCurve.Point]? {
        guard case .tail(let tail) = estimate.risk, let measurement = profile.measurement,
            let population = rows.value
        else { return nil }
        return CutCurve(
            sampled: measurement.side, population: Int(population), tail: tail, limits: sizes
        ).points
    }
}
