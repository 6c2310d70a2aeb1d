import Synchronization

/// What several formats of one report show, made once: of a large database that takes longer than to write it.
final class SharedFigures: Sendable {
    private let lobTable = Mutex<[TableFigures]?>(nil)
    private let summary = Mutex<[SummaryLines.Line]?>(nil)

    /// The figures of the LOB table.
    func lobTable(_ make: () -> [TableFigures]) -> [TableFigures] { Self.once(lobTable, make) }

    /// The summary.
    func summary(_ make: () -> [SummaryLines.Line]) -> [SummaryLines.Line] { Self.once(summary, make) }

    private static func once<Value: Sendable>(_ known: borrowing Mutex<Value?>, _ make: () -> Value) -> Value
    {
        known.withLock { known in
            let value = known ?? make()
            known = value
            return value
        }
    }
}
