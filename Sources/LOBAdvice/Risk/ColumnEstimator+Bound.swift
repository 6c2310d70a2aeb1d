extension ColumnEstimator {
    /// The estimate for a column of which only a bound is known.
    func bounded(
        _ measurement: ColumnMeasurement, by bound: SizeBound, _ column: Column, of table: TableProfile
    ) -> ColumnEstimate {
        let declared = column.declaredLength.map { ByteCount(Int64($0) * Self.longestCharacter) }
        let isDeclared = declared.map { $0 < bound.size } ?? false
        let size = isDeclared ? declared ?? bound.size : bound.size
        let reason = { (use: EstimateReason.Bound.Use) in
            EstimateReason.bound(
                .init(
                    bound: bound, sample: measurement.blocks == nil ? nil : measurement.distribution,
                    size: size,
                    characters: isDeclared ? column.declaredLength : nil, role: server?.role, use: use,
                    surer: surer(than: .bound, column, of: table)))
        }
        guard table.reading?.certainty == .oneMoment else {
            return Self.refused(reason(.severalMoments), .severalMoments)
        }
        let expected = expectation(of: table)
        if let rows = expected.known?.rows, rows > 0 {
            return Self.refused(reason(.rowsToCome(rows)), .boundOfRowsPresent)
        }
        let later: EstimateReason.Forecast =
            expected.isUnknown ? .rateNotKnown : expected.known == nil ? .notAsked : .nothingArrives
        return ColumnEstimate(
            coverage: .bounded, largest: nil, limit: size, reasons: [reason(.limit), .forecast(later)],
            risk: expected.isUnknown ? .unknown : .bounded(by: size), largestSize: .atMost(size.bytes))
    }

    /// Bytes of a character in any encoding that a server can have.
    private static let longestCharacter: Int64 = 4

    private static func refused(_ reason: EstimateReason, _ refusal: LimitRefusal) -> ColumnEstimate {
        ColumnEstimate(
            coverage: .refused, largest: nil, limit: nil, reasons: [reason], risk: .unknown,
            refusal: refusal)
    }
}
