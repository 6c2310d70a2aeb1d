import LOBProfile
import SizeStatistics
import Synchronization

extension TableScan {
    /// The result, once ``isFinished``.
    func outcome() -> (profile: TableProfile, failures: [Unmeasured]) {
        state.withLock { state in
            for index in state.scanned.indices { state.scanned[index].fold() }
            for index in state.recent.indices { state.recent[index].fold() }
            let measurements = state.hasGivenUp ? [:] : measurements(&state)
            let columns = plan.relation.columns.filter(\.isMeasured).map {
                ColumnProfile(column: $0, measurement: measurements[$0.number])
            }
            let profile = TableProfile(
                relation: plan.relation, rows: rowCount(state), sample: sampleOutcome(state),
                columns: columns,
                seconds: state.busySeconds)
            return (measuredAt.map(profile.carriedOver) ?? profile, state.failures)
        }
    }

    private func measurements(_ state: inout State) -> [Int16: ColumnMeasurement] {
        var measurements: [Int16: ColumnMeasurement] = [:]
        for (index, column) in (fullColumns + storedColumns).enumerated() {
            measurements[column.number] = measurement(of: column, at: index, state)
        }
        for (index, column) in sampledColumns.prefix(onlySampled).enumerated()
        where index < state.sample.columns.count {
            measurements[column.number] = state.sample.measurement(
                of: index, unreadBlocks: state.unreadSample)
        }
        for (column, form) in zip(storageColumns, state.storedForms ?? []) {
            measurements[column.number]?.stored = form
        }
        return measurements
    }

    private func measurement(
        of column: Column, at position: Int, _ state: State
    ) -> ColumnMeasurement {
        let unreadBlocks = state.unreadBlocks[position].count
        switch state.scanned[position] {
        case .complete(let complete):
            return ColumnMeasurement(
                method: .full, distribution: complete.distribution, largest: complete.largest,
                unreadBlocks: unreadBlocks, recent: recent(position, state))
        case .tail(let tail):
            return ColumnMeasurement(
                method: .full, distribution: state.sample.columns[position].distribution,
                largest: tail.column.largest, unreadBlocks: unreadBlocks + state.unreadSample,
                blocks: state.sample.measurement(of: position).blocks, tail: tail.tail)
        case .stored(let stored):
            let index = position - fullColumns.count
            var measured = state.measured[index]
            measured.addNulls(stored.nulls)
            return ColumnMeasurement(
                method: .twoPhase, distribution: measured.distribution, largest: measured.largest,
                unreadBlocks: unreadBlocks, unreadRows: state.unreadRows[index] ?? 0,
                strata: stored.strata, recent: recent(position, state, ratios: stored.strata),
                usesLZ4: column.family == .json ? state.usesLZ4 : nil)
        }
    }

    private func rowCount(_ state: State) -> TableProfile.RowCount {
        if !state.scanned.isEmpty, !state.hasGivenUp {
            return .init(count: state.rows, isExact: !state.missesRows)
        }
        if !state.drawn.isEmpty, !state.hasGivenUp {
            // Every block had the same chance, so their mean stands for all.
            let rows =
                Double(state.sample.rows) * Double(plan.relation.blocks) / Double(max(1, state.sample.blocks))
            return .init(count: Int(rows.rounded()), isExact: false)
        }
        let fraction = design.percent / 100
        let scaled = state.hasGivenUp ? 0 : Double(state.sample.rows) / max(fraction, 1e-9)
        return .init(count: Int(max(scaled, plan.relation.estimatedRows ?? 0)), isExact: false)
    }

    private func sampleOutcome(_ state: State) -> TableProfile.SampleOutcome? {
        guard !sampledColumns.isEmpty, !state.hasGivenUp else { return nil }
        return .init(
            design: design, blocksRead: state.sample.blocks,
            blocksTotal: max(plan.relation.blocks, state.sample.blocks),
            rowsRead: state.sample.rows)
    }
}
