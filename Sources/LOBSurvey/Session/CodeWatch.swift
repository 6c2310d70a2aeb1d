import LOBProfile
import PostgreSQLClient
import Synchronization

/// Sees what the owners of tables plant after the catalog was read: an index or statistics that run code of theirs as whoever
/// reads the table.
///
/// Each reading asks first, in a transaction of its own that goes with the same round trip: one that sees an older moment does
/// not see what the planner sees. What is planted between that look and the reading, within a fraction of a millisecond, is
/// seen by the next reading, and by a look at the end.
final class CodeWatch: Sendable {
    private struct State {
        /// Objects made since are looked at.
        var horizon: UInt64
        /// What is known of all tables, of those that were read and have it no longer too.
        var code: CodeOfOthers
        /// Objects that were looked at since.
        var seen: Set<UInt32> = []
    }

    /// What a reading reads beside the tables themselves.
    enum Descendants: Equatable {
        /// Nothing: it says ONLY.
        case none
        /// Whatever inherits from them.
        case all
        /// Whatever inherits from them, which is to be what did so when the catalog was read; temporary tables of other sessions
        /// nobody reads.
        case known([RelationName])
    }

    private let serverVersion: Int
    private let options: PlanOptions
    private let state: Mutex<State>

    /// Begins to watch.
    ///
    /// - Parameters:
    ///   - code: what the catalog said.
    ///   - horizon: ``SeenMoment/horizon`` of a moment before the catalog was read.
    init(_ code: CodeOfOthers, since horizon: UInt64, serverVersion: Int, options: PlanOptions) {
        self.serverVersion = serverVersion
        self.options = options
        state = Mutex(State(horizon: horizon, code: code))
    }

    /// Begins anew with another catalog.
    func renew(_ code: CodeOfOthers, since horizon: UInt64) {
        state.withLock { state in
            state = State(horizon: horizon, code: Self.merged(state.code, code))
        }
    }

    /// What is known of all tables.
    var code: CodeOfOthers { state.withLock(\.code) }

    /// Why a table is not to be read; nil where it may be.
    func refusal(of relation: UInt32) -> String? {
        state.withLock { options.refusal(of: $0.code.functions[relation], $0.code.power) }
    }

    private static func merged(_ old: CodeOfOthers, _ new: CodeOfOthers) -> CodeOfOthers {
        CodeOfOthers(
            functions: old.functions.merging(new.functions) { _, newer in newer },
            power: new.power ?? old.power)
    }
}

/// Looking.
extension CodeWatch {
    /// The statements before those of a reading; the second fails with a division by zero where something is to be looked at.
    func statements(of relations: [UInt32], with descendants: Descendants) -> [Statement] {
        let (horizon, seen, code) = state.withLock { ($0.horizon, $0.seen, $0.code) }
        var binds: [Bind] = [.oidArray(relations), .oidArray(seen.sorted())]
        var check: SQL =
            "EXISTS (\(planted(since: horizon)) AND o.relation OPERATOR(pg_catalog.=) \(Self.wanted(descendants)))"
        if descendants != .none {
            binds.append(.oidArray(code.refusals(options).keys.sorted()))
            check = "\(check) OR EXISTS (SELECT FROM wanted w WHERE w.oid OPERATOR(pg_catalog.=) ANY ($3))"
        }
        if case .known(let names) = descendants {
            binds += [.textArray(names.map(\.schema.bytes)), .textArray(names.map(\.name.bytes))]
            check = "\(check) OR EXISTS (\(Self.others))"
        }
        return [
            Statement("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY"),
            Statement(
                """
                \(descendants == .none ? "" : Self.tree)\
                SELECT 1 OPERATOR(pg_catalog./) CASE WHEN \(check) THEN 0 ELSE 1 END
                """, binds), Statement("COMMIT"),
        ]
    }

    private static func wanted(_ descendants: Descendants) -> SQL {
        descendants == .none ? "ANY ($1)" : "ANY (SELECT w.oid FROM wanted w)"
    }

    /// Whether an error is that of ``statements(of:with:)``, whose positions are below 0.
    static func hasSeenSomething(_ error: PostgreSQLError) -> Bool {
        guard case .server(let error) = error else { return false }
        return error.statementIndex == -2 && error.sqlState == .divisionByZero
    }

    /// Finds out whose code it is that came since.
    ///
    /// - Parameter preamble: how a transaction begins.
    /// - Returns: whether there was anything new.
    @discardableResult func look(
        _ preamble: Preamble, over connection: inout Connection
    ) throws(PostgreSQLError) -> Bool {
        var patient = preamble
        (patient.snapshot, patient.seesOneMoment) = (nil, true)
        let (horizon, known) = state.withLock { ($0.horizon, $0.seen) }
        var (seen, code): (Set<UInt32>, CodeOfOthers) = ([], CodeOfOthers())
        let news = Statement(planted(since: horizon), [.oidArray([]), .oidArray(known.sorted())])
        try ReadTransaction(patient).run([news], over: &connection) {
            (_: Int, row: borrowing Row) throws(PostgreSQLError) in seen.insert(try row.uint32(0))
        }
        guard !seen.isEmpty else { return false }
        let query = Statement(CodeOfOthersSQL(serverVersion: serverVersion).query)
        try ReadTransaction(patient).run(query, over: &connection) {
            (row: borrowing Row) throws(PostgreSQLError) in try code.add(row)
        }
        state.withLock { state in
            state.seen.formUnion(seen)
            state.code = Self.merged(state.code, code)
        }
        return true
    }

    /// Indexes and statistics with expressions that were made since a moment, but those of `$2`: one row with their OID for each.
    ///
    /// Operators are qualified because no search path is pinned. Statistics have expressions since 14.
    private func planted(since horizon: UInt64) -> SQL {
        let statistics: SQL = """
            UNION ALL SELECT s.oid, s.stxrelid, s.xmin FROM pg_catalog.pg_statistic_ext s WHERE s.stxexprs IS NOT NULL
            """
        return """
            SELECT o.oid FROM (
              SELECT i.indexrelid, i.indrelid, i.xmin FROM pg_catalog.pg_index i
               WHERE i.indexprs IS NOT NULL OR i.indpred IS NOT NULL
              \(serverVersion >= 140_000 ? statistics : "")) o(oid, relation, made)
             WHERE \(TIDRange.isNew("o.made", since: horizon))
               AND o.oid OPERATOR(pg_catalog.<>) ALL ($2)
            """
    }

    /// The tables `$1` and all that inherit from them.
    private static let tree: SQL = """
        WITH RECURSIVE wanted(oid) AS (
          SELECT t.oid FROM pg_catalog.unnest($1) t(oid)
          UNION SELECT h.inhrelid FROM wanted w
            JOIN pg_catalog.pg_inherits h ON h.inhparent OPERATOR(pg_catalog.=) w.oid)

        """

    /// Tables among those that have none of the names `$4` and `$5`.
    private static let others: SQL = """
        SELECT FROM wanted w JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) w.oid
          JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
         WHERE c.relpersistence OPERATOR(pg_catalog.<>) 't' AND w.oid OPERATOR(pg_catalog.<>) ALL ($1)
           AND NOT EXISTS (
             SELECT FROM ROWS FROM (pg_catalog.unnest($4), pg_catalog.unnest($5)) k(schema, name)
              WHERE k.schema OPERATOR(pg_catalog.=) n.nspname::pg_catalog.text
                AND k.name OPERATOR(pg_catalog.=) c.relname::pg_catalog.text)
        """
}
