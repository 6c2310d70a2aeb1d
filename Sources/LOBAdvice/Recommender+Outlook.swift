extension Recommender {
    /// For the column of a table whose limit is enough for the shortest time, how long that is; nil where no growth is expected.
    public func soonestOutlook(of table: TableRecommendation) -> GrowthOutlook? {
        guard let limit = table.limitToWatch else { return nil }
        return GrowthOutlook.soonest(of: table.lobColumns.compactMap { outlook(for: $0, at: limit) })
    }
}
