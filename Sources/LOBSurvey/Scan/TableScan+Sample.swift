import LOBProfile
import PostgreSQLClient
import SizeStatistics
import Synchronization

/// The sample of a table that is drawn block by block.
extension TableScan {
    /// The blocks that a sample begins with.
    var firstDrawn: [UInt32] {
        state.withLock { Array($0.drawn.prefix(Self.firstDraw)) }
    }

    /// The rows of the sample that are wanted with their place.
    var wantedOfSample: WantedRows {
        state.withLock { state in
            WantedRows(
                thresholds: state.sample.columns.map(\.threshold),
                hashLimits: sampledColumns.map { _ in nil },
                seed: design.seed)
        }
    }

    /// Counts blocks of the sample, and steers how many the next portion has.
    func add(
        _ results: [PackedResult], took time: Duration, target: Duration
    ) throws(PostgreSQLError) {
        try state.withLock { (state) throws(PostgreSQLError) in
            for result in results { try state.sample.add(result) }
            state.inFlight -= 1
            state.busySeconds += time.inSeconds
            let factor = min(4, max(0.25, target.inSeconds / max(time.inSeconds, 0.000_1)))
            state.drawSize = min(Self.largestDraw, max(1, Int(Double(results.count) * factor)))
        }
    }

    /// A statement lists the blocks that it reads: so many are some 110 kB of SQL.
    private static let largestDraw = 4096

    /// Notes that a block of the sample could not be read.
    func skip(_ block: UInt32, reason: Unmeasured.Reason, state code: SQLState?) {
        state.withLock { state in
            state.unreadSample += 1
            state.failures.append(
                Unmeasured(
                    relation: plan.relation.name, reason: reason,
                    detail: "block \(block)" + (code.map { ", SQLSTATE \($0)" } ?? "")))
            state.inFlight -= 1
        }
    }
}
