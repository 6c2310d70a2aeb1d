import LOBProfile
import SizeStatistics
import Synchronization

extension TableScan {
    /// The result.
    ///
    /// - Parameter reading: in which moments the table was read.
    func outcome(_ reading: TableReading?) -> (profile: TableProfile, failures: [Unmeasured]) {
        state.withLock { state in
            for index in state.columns.indices { state.progress.columns[index].fold() }
            let measurements = state.hasGivenUp ? [:] : measurements(state)
            let columns = plan.relation.columns.filter(\.isMeasured).map {
                ColumnProfile(column: $0, measurement: measurements[$0.number])
            }
            let profile = TableProfile(
                relation: plan.relation, rows: rowCount(state, reading), sample: sampleOutcome(state),
                columns: columns, seconds: state.busySeconds,
                reading: measurements.isEmpty ? nil : reading)
            return (
                measuredAt.map(profile.carriedOver) ?? profile,
                state.failures + state.columns.flatMap(\.failures)
            )
        }
    }

    /// Ends a scan that nobody finishes: what was read of it is "at least", what was not is counted as unread.
    func end(_ reason: Unmeasured.Reason, detail: String?) {
        state.withLock { state in
            guard !state.hasGivenUp else { return }
            state.failures.append(Unmeasured(relation: plan.relation.name, reason: reason, detail: detail))
            state.isCutShort = true
            state.missesRows = true
            // Of samples and of what one statement reads nothing is there.
            if state.rows == 0 { state.hasGivenUp = true }
        }
    }

    private func measurements(_ state: State) -> [Int16: ColumnMeasurement] {
        var measurements: [Int16: ColumnMeasurement] = [:]
        let unreached = unreached(state)
        for (index, scan) in state.columns.enumerated() {
            let column = scannedColumns[index]
            var sample: ColumnMeasurement?
            if isTailOnly { sample = state.sample.measurement(of: index, unreadBlocks: state.unreadSample) }
            measurements[column.number] = scan.measurement(
                unreached: unreached, beside: sample,
                usesLZ4: column.family == .json ? state.usesLZ4 : nil)
        }
        for (index, column) in sampledColumns.prefix(onlySampled).enumerated()
        where index < state.sample.columns.count && !state.isCutShort {
            measurements[column.number] = state.sample.measurement(
                of: index, unreadBlocks: state.unreadSample)
        }
        if let bound = state.toast?.bound {
            for column in boundedColumns {
                let place = sampledColumns.firstIndex { $0.number == column.number }
                measurements[column.number] = ColumnMeasurement(
                    bound: bound, beside: place.map { state.sample.measurement(of: $0) })
            }
        }
        for (column, form) in zip(storageColumns, state.storedForms ?? []) {
            measurements[column.number]?.stored = form
        }
        return measurements
    }

    /// Blocks that nobody came to; 0 of a scan that came to its end.
    private func unreached(_ state: State) -> Int {
        guard state.isCutShort else { return 0 }
        let left = state.tasks.reduce(0) { $0 + $1.blocks(of: plan) }
        return max(1, left + max(0, plan.relation.blocks - min(state.nextBlock, plan.relation.blocks)))
    }

    private func rowCount(_ state: State, _ reading: TableReading?) -> TableProfile.RowCount {
        if readsAllRows, !state.hasGivenUp {
            return .init(count: state.rows, isExact: !state.missesRows && reading?.certainty == .oneMoment)
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

extension TreeScan {
    /// The results of its tables.
    ///
    /// - Parameter isWhole: whether everything was read that should be.
    func outcomes(isWhole: Bool) -> [(profile: TableProfile, failures: [Unmeasured])] {
        let reading = reading(isWhole: isWhole)
        return scans.map { $0.outcome(reading) }
    }
}
