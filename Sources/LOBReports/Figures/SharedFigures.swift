import LOBAdvice
import Synchronization

/// What several formats of one report show, made once: of a large database that takes longer than to write it.
final class SharedFigures: Sendable {
    private let lobTable = Mutex<[TableFigures]?>(nil)
    private let cards = Mutex<[PageCard]?>(nil)
    private let strategies = Mutex<[StrategyOutcome]??>(nil)

    /// The figures of the LOB table.
    func lobTable(_ make: () -> [TableFigures]) -> [TableFigures] { Self.once(lobTable, make) }

    /// The four figures.
    func cards(_ make: () -> [PageCard]) -> [PageCard] { Self.once(cards, make) }

    /// What each strategy would give.
    func strategies(_ make: () -> [StrategyOutcome]?) -> [StrategyOutcome]? { Self.once(strategies, make) }

    private static func once<Value: Sendable>(_ known: borrowing Mutex<Value?>, _ make: () -> Value) -> Value
    {
        known.withLock { known in
            let value = known ?? make()
            known = value
            return value
        }
    }
}
