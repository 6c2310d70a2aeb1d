import LOBProfile
import Synchronization

/// The sample of a table that is drawn block by block.
extension TableScan {
    /// The blocks that a sample begins with.
    var firstDrawn: [UInt32] {
        state.withLock { Array($0.drawn.prefix(Self.firstDraw)) }
    }

    /// The rows of some blocks of the sample that are wanted with their place.
    func wanted(in blocks: [UInt32]) -> WantedRows {
        let place = TIDRange.Place(block: Int(blocks.min() ?? 0), offset: 0)
        return state.withLock { state in
            WantedRows(
                thresholds: state.sample.columns.map { $0.threshold(from: place) },
                hashLimits: sampledColumns.map { _ in nil },
                seed: design.seed)
        }
    }
}
