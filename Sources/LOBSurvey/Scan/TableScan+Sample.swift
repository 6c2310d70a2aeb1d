import LOBProfile
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
}
