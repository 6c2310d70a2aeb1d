import PostgreSQLClient

/// What every transaction of lobscope begins with: read-only, victim first, texts in one form.
///
/// Nothing of a tenant runs as us through it: no function, operator or cast that is found by a search path, no policy, no
/// view, no CHECK constraint. What is left is the planner, which evaluates constant calls in the expressions of indexes and
/// statistics of the table that is read: such tables are found beforehand (``CodeOfOthersSQL``), and what is planted later
/// before each reading (``CodeWatch``).
///
/// Everything is local to the transaction, so it works through a pooler and leaves no trace in the session.
struct Preamble: Sendable {
    /// `server_version_num`.
    let serverVersion: Int
    /// Longest time that one statement may take.
    var statementTimeout: Duration
    /// Longest time that we wait behind a lock before we give way.
    var lockTimeout: Duration = .milliseconds(250)
    /// The server that every transaction has to be on; nil where any will do.
    var server: KnownServer?
    /// Sees what is planted at the tables that are read; nil until the catalog was read.
    var code: CodeWatch?
    /// The snapshot that every transaction sees; nil where each has its own.
    var snapshot: HeldSnapshot?
    /// Whether the transaction is to stay open for long, doing nothing.
    var staysIdle = false
    /// Whether all statements of a transaction see the same moment.
    var seesOneMoment = false
    /// Settings that this server knows, among those that not every version has.
    var optionalSettings: Set<OptionalSetting>
    /// Whether names come as the bytes that the server stores.
    ///
    /// SQL_ASCII databases hold any bytes, and other encodings characters that Unicode does not know: a UTF-8
    /// client could not even list their names.
    var isEncodingUnknown: Bool
    /// Whether a foreign table is read; else the server refuses to, where it knows that setting.
    var readsForeignTables = false
    /// Whether texts are written down as literals for another server.
    var writesLiterals = false
    /// Whether the settings of texts are pinned; not where it is asked what a session has by itself.
    var pinsTexts = true

    /// Whether the shards of Citus on this server are shown, which its workers hide.
    var showsShards = false

    /// Settings that came with later or minor versions of PostgreSQL.
    enum OptionalSetting: String, CaseIterable {
        /// 14: the server notices that we are gone and stops the scan.
        case clientConnectionCheckInterval = "client_connection_check_interval"
        /// 11.
        case jit
        /// Minor releases of August 2024: a table that is swapped for a view runs nothing (CVE-2024-7348).
        case restrictNonsystemRelationKind = "restrict_nonsystem_relation_kind"
        /// 17: a limit for whole transactions, that a role or database may carry.
        case transactionTimeout = "transaction_timeout"

        var assignment: SQL {
            switch self {
            case .clientConnectionCheckInterval:
                "pg_catalog.set_config('client_connection_check_interval', '1s', true)"
            case .jit: "pg_catalog.set_config('jit', 'off', true)"
            case .restrictNonsystemRelationKind:
                "pg_catalog.set_config('restrict_nonsystem_relation_kind', 'view, foreign-table', true)"
            case .transactionTimeout: "pg_catalog.set_config('transaction_timeout', '0', true)"
            }
        }
    }

    /// The same for a statement that cannot be divided: only the client's patience bounds it.
    var patient: Preamble {
        var patient = self
        patient.statementTimeout = .seconds(6 * 3600)
        return patient
    }

    /// BEGIN and the settings.
    ///
    /// The level is always named: a role or database may have another default, and serializable could wait
    /// for ever for a safe snapshot.
    func statements() -> [Statement] {
        let isRepeatable = snapshot != nil || staysIdle || seesOneMoment
        let begin: SQL = isRepeatable ? "REPEATABLE READ" : "READ COMMITTED"
        let begun = Statement("BEGIN ISOLATION LEVEL \(begin) READ ONLY")
        let started = snapshot?.server.startedAt ?? server?.startedAt
        let proven = started.map {
            Statement(
                "\(settings), \(proof)", [.int8($0)] + (snapshot.map { [.textBytes($0.visible)] } ?? []))
        }
        let imported = snapshot.map { Statement("SET TRANSACTION SNAPSHOT \($0.name)") }
        return [begun] + (imported.map { [$0] } ?? []) + [proven ?? Statement(settings)]
    }

    /// Fails with a division by zero unless the transaction is on the server that it should be on, and sees what the snapshot
    /// sees.
    ///
    /// Operators are qualified because the search path of the session still counts while this is parsed.
    private var proof: SQL {
        let seesIt: SQL =
            " AND \(MomentQuery.snapshot(serverVersion))::pg_catalog.text OPERATOR(pg_catalog.=) $2"
        return """
            1 OPERATOR(pg_catalog./) CASE WHEN \(ServerIdentity.startedAtSQL) OPERATOR(pg_catalog.=) $1\
            \(snapshot == nil ? "" : seesIt) THEN 1 ELSE 0 END
            """
    }

    /// How many statements that is: the position of the next one in a batch.
    var count: Int { snapshot == nil ? 2 : 3 }

    /// Whether an error says that the snapshot is not there: it is gone, or this is another server.
    func hasLostSnapshot(_ error: PostgreSQLError) -> Bool {
        guard snapshot != nil, case .server(let error) = error, error.statementIndex == 1 else {
            return false
        }
        return [.invalidParameterValue, .objectNotInPrerequisiteState, .undefinedObject].contains(
            error.sqlState)
    }

    /// Whether an error says that a transaction is on another server, or sees another moment.
    func isElsewhere(_ error: PostgreSQLError) -> Bool {
        guard snapshot != nil || server != nil, case .server(let error) = error else { return false }
        return error.statementIndex == count - 1 && error.sqlState == .divisionByZero
    }

    /// Turns off what would hide damage, only where it is on: most roles may not touch these settings.
    ///
    /// The operator is qualified because the search path of the session still counts while this is parsed.
    private static func off(_ setting: SQL) -> SQL {
        """
        CASE WHEN pg_catalog.current_setting('\(setting)') OPERATOR(pg_catalog.=) 'on' \
        THEN pg_catalog.set_config('\(setting)', 'off', true) END
        """
    }

    private func assignment(_ setting: OptionalSetting) -> SQL {
        guard setting == .restrictNonsystemRelationKind, readsForeignTables else { return setting.assignment }
        return "pg_catalog.set_config('restrict_nonsystem_relation_kind', 'view', true)"
    }

    /// The settings as one statement.
    var settings: SQL {
        var parts = pinsTexts ? TextSettings.assignments(isForLiterals: writesLiterals) : []
        parts += [
            "pg_catalog.set_config('row_security', 'off', true)",
            "pg_catalog.set_config('lock_timeout', '\(lockTimeout.milliseconds)', true)",
            "pg_catalog.set_config('statement_timeout', '\(statementTimeout.milliseconds)', true)",
            staysIdle
                ? "pg_catalog.set_config('idle_in_transaction_session_timeout', '0', true)"
                : "pg_catalog.set_config('idle_in_transaction_session_timeout', '60s', true)",
            "pg_catalog.set_config('max_parallel_workers_per_gather', '0', true)",
            "pg_catalog.set_config('client_min_messages', 'error', true)",
            "pg_catalog.set_config('enable_seqscan', 'on', true)",
            "pg_catalog.set_config('enable_tidscan', 'on', true)",
            // The planner evaluates constant calls in CHECK constraints and partition keys otherwise.
            "pg_catalog.set_config('constraint_exclusion', 'off', true)",
        ]
        parts += ["zero_damaged_pages", "ignore_checksum_failure"].map(Self.off)
        if showsShards {
            parts.append("pg_catalog.set_config('citus.override_table_visibility', 'off', true)")
        }
        if isEncodingUnknown { parts.append("pg_catalog.set_config('client_encoding', 'SQL_ASCII', true)") }
        parts += OptionalSetting.allCases.filter(optionalSettings.contains).map(assignment)
        return "SELECT " + parts.joined(separator: ", ")
    }
}

extension Duration {
    /// Whole milliseconds, at least one: PostgreSQL reads 0 as "no limit".
    var milliseconds: Int64 {
        max(1, components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000)
    }

    /// Seconds as a number.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
