public import LOBProfile
import PostgreSQLClient

/// The script of the offline kit, which psql runs where no binary may go.
///
/// It reads the catalog and the sizes of all values in one read-only transaction, by the statements of a survey. The answers are
/// lines of JSON, of which ``KitImport`` makes a profile. What depends on the version of the server stands side by side, for psql
/// to choose.
public struct KitScript: Sendable {
    let scope: KitScope
    /// Longest time that one statement may take.
    let statementTimeout: Duration

    /// Version of the form of the answers; a reader refuses any other.
    static let format = 1

    /// Creates a script.
    ///
    /// - Parameters:
    ///   - scope: the tables to measure; large objects are only where that is the whole database.
    ///   - statementTimeout: the longest time that one statement may take.
    public init(scope: Scope = Scope(), statementTimeout: Duration = .seconds(600)) {
        self.scope = KitScope(scope: scope)
        self.statementTimeout = statementTimeout
    }

    /// The script in UTF-8.
    public var bytes: [UInt8] {
        get throws(SurveyError) {
            do throws(PostgreSQLError) {
                let parts: [SQL] = [
                    Self.introduction, Self.client, try checks(), try session(), try catalog(),
                    Self.tolerance,
                    scope.scope.isWholeDatabase ? KitLargeObjects.script : KitLargeObjects.none,
                    try sizes(), Self.end,
                ]
                return parts.joined(separator: "\n").bytes
            } catch {
                throw .postgreSQL(error)
            }
        }
    }

    /// The versions from which on a statement may differ, the newest first.
    private static let versions = [
        180_000, 170_000, 160_000, 150_000, 140_000, 130_000, 120_000, 110_000, 100_000,
        ServerSession.oldestVersion,
    ]

    /// A part of the script in its form for each version.
    private func each(_ part: (Int) throws(PostgreSQLError) -> SQL) throws(PostgreSQLError) -> SQL {
        var forms: [(since: Int, part: SQL)] = []
        for version in Self.versions {
            let form = try part(version)
            if forms.last?.part == form { forms.removeLast() }
            forms.append((version, form))
        }
        guard forms.count > 1 else { return forms[0].part }
        var script: SQL = ""
        for (index, form) in forms.enumerated() {
            let command: SQL =
                index == 0 ? "\\if" : index == forms.count - 1 ? "\\else" : "\\elif"
            let condition: SQL = index == forms.count - 1 ? "" : " :lobscope_since_\(form.since)"
            script = "\(script)\(command)\(condition)\n\(form.part)\n"
        }
        return "\(script)\\endif"
    }
}

/// The parts of the script.
extension KitScript {
    /// What a person who reads the script is told.
    private static let introduction: SQL = """
        -- The offline kit of lobscope, for psql 11 or later and PostgreSQL 9.6 or later:
        --
        --     psql -X -f lobscope-kit.sql -o answers.jsonl "host=... dbname=..."
        --
        -- What it reads, in one transaction that is REPEATABLE READ and READ ONLY, and ends with ROLLBACK:
        --   the catalog: names of schemas, tables, columns, types, keys, indexes, publications, settings, the
        --   version, the system identifier and the WAL position;
        --   of each table and materialized view in scope that the role may read: how many bytes each value of a
        --   text, json, bytea, xml, array or similar column has. The sizes are counted on the server; of the
        --   largest values the place of the row (ctid) is told too;
        --   of each large object, where the whole database is in scope: its OID, owner and size.
        -- What it writes: answers.jsonl, one JSON object a line, with names, sizes and numbers, and no value of any
        -- row; on the server nothing but temporary files, should counting need them.
        -- Run it best on a replica and as a role that may only read. Tables whose indexes or statistics may run code
        -- of their owners are left out where the role may do more. A table that cannot be read costs itself alone;
        -- psql says why.
        --
        -- Then, where lobscope is: lobscope import answers.jsonl
        """

    /// How psql is to behave, whatever its options are.
    private static let client: SQL = """
        \\set QUIET on
        \\set ON_ERROR_STOP on
        \\set ON_ERROR_ROLLBACK off
        \\set AUTOCOMMIT on
        \\set ECHO none
        \\set FETCH_COUNT 0
        \\set SINGLELINE off
        \\set SINGLESTEP off
        \\timing off
        \\pset format unaligned
        \\pset tuples_only on
        \\pset expanded off
        \\pset footer off
        \\pset pager off
        \\pset recordsep '\\n'
        \\encoding UTF8
        \\if :{?VERSION_NUM}
        \\else
        \(refusal("psql is older than 11: use a newer psql"))
        \\endif
        """

    /// Ends the script with a message: an error is the only way that gives psql a status.
    private static func refusal(_ reason: SQL) -> SQL {
        "SELECT 'lobscope kit: nothing was read: \(reason)'::pg_catalog.int4;"
    }

    private static func require(_ variable: SQL, otherwise reason: SQL) -> SQL {
        "\\if :\(variable)\n\\else\n\(refusal(reason))\n\\endif"
    }

    /// The one transaction begins, and proves what it is.
    private func checks() throws(PostgreSQLError) -> SQL {
        let version: SQL = "pg_catalog.current_setting('server_version_num')::pg_catalog.int4"
        let since = Self.versions.map { number -> SQL in
            "\(version) OPERATOR(pg_catalog.>=) \(number) AS lobscope_since_\(number)"
        }
        let oldest: SQL = "lobscope_since_\(ServerSession.oldestVersion)"
        return """
            BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
            SELECT pg_catalog.current_setting('transaction_read_only') OPERATOR(pg_catalog.=) 'on'
                     AS lobscope_read_only,
                   pg_catalog.current_setting('transaction_isolation') OPERATOR(pg_catalog.=) 'repeatable read'
                     AS lobscope_one_moment,
                   pg_catalog.current_setting('server_encoding') OPERATOR(pg_catalog.<>) 'SQL_ASCII'
                     AS lobscope_has_encoding,
                   \(since.joined(separator: ",\n       "))
            \\gset
            \(Self.require("lobscope_read_only", otherwise: "the transaction could write"))
            \(Self.require("lobscope_one_moment", otherwise: "the transaction would see several moments"))
            \(Self.require(oldest, otherwise: "the server is older than 9.6"))
            \(Self.require("lobscope_has_encoding", otherwise: "names in SQL_ASCII have no form in JSON"))
            """
    }

    /// What the session is, then the settings that every transaction of a survey has.
    private func session() throws(PostgreSQLError) -> SQL {
        var preamble = Preamble(
            serverVersion: ServerSession.oldestVersion, statementTimeout: statementTimeout,
            optionalSettings: [],
            isEncodingUnknown: false)
        (preamble.lockTimeout, preamble.staysIdle) = (.seconds(5), true)
        var optional: [SQL] = []
        for setting in Preamble.OptionalSetting.allCases {
            let name = try SQL.literal(word: Array(setting.rawValue.utf8))
            let set: SQL = "SELECT \(setting.assignment) FROM pg_catalog.pg_settings s WHERE s.name = \(name)"
            optional.append("(\(set)) AS lobscope_\(optional.count)")
        }
        let lobscope = try SQL.literal(word: Array(Survey.version.utf8))
        let moment = try each { (version) throws(PostgreSQLError) in
            KitLine.recorded("moment", MomentQuery(serverVersion: version).statement.sql)
        }
        return """
            SELECT pg_catalog.set_config('lobscope.lines', '0', true) AS lobscope_lines \\gset
            \(KitLine.recorded("kit", "SELECT \(Self.format), \(lobscope)::pg_catalog.text, \(Self.versionNumber)"))
            \(KitLine.recorded("scope", try scope.rows()))
            \(KitLine.recorded("settings", try ServerSession.ownSettings()))
            \(preamble.settings) \\gset lobscope_
            SELECT pg_catalog.set_config('standard_conforming_strings', 'on', true) AS lobscope_strings,
                   \(optional.joined(separator: ",\n       "))
            \\gset
            \(moment)
            """
    }

    private static let versionNumber: SQL =
        "pg_catalog.current_setting('server_version_num')::pg_catalog.int4"

    private func catalog() throws(PostgreSQLError) -> SQL {
        let sql = CatalogSQL(serverVersion: ServerSession.oldestVersion)
        var parts: [SQL] = [
            """
            SELECT pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')
                     AS lobscope_is_told \\gset
            \\if :lobscope_is_told
            \(KitLine.recorded("systemIdentifier", sql.systemIdentifier))
            \\endif
            """
        ]
        // The census is counted from the columns, and what extensions say is asked by a statement of its own.
        for part in CatalogPart.allCases where part != .census && part != .marks {
            let name = try SQL.literal(word: Array(part.rawValue.utf8))
            parts.append(
                try each { (version) throws(PostgreSQLError) in
                    let query = CatalogSQL(serverVersion: version).query(part)
                    return KitLine.recorded(
                        quoted: name, query, order: part == .columns ? " ORDER BY t.attrelid, t.attnum" : "")
                })
        }
        parts.append(try KitMarks.script())
        let types: SQL = """
            ARRAY(SELECT DISTINCT a.atttypid FROM pg_catalog.pg_attribute a
                   WHERE a.attnum > 0 AND NOT a.attisdropped)
            """
        parts.append(
            try each { (version) throws(PostgreSQLError) in
                KitLine.recorded("dependence", TextDependence.query(ofTypes: types, serverVersion: version))
            })
        parts.append(
            KitLine.recorded(
                "unpopulated",
                "SELECT c.oid FROM pg_catalog.pg_class c WHERE c.relkind = 'm' AND NOT c.relispopulated"))
        return parts.joined(separator: "\n")
    }

    /// From here on what fails costs itself alone.
    private static let tolerance: SQL = """
        \\set ON_ERROR_STOP off
        \\set ON_ERROR_ROLLBACK on
        SELECT pg_catalog.set_config('enable_seqscan', 'off', true) AS lobscope_seqscan \\gset
        """

    /// Each table by itself: what fails costs that table alone.
    private func sizes() throws(PostgreSQLError) -> SQL {
        let statements = try each { (version) throws(PostgreSQLError) in
            "\(try KitSizes(scope: scope, serverVersion: version).query()) \\gexec"
        }
        return "\(statements)\n\\set ON_ERROR_STOP on\n\(KitLine.recorded("changed", Self.changed))"
    }

    /// Tables that are another file by now, or called otherwise, than the snapshot says: of those it shows no rows, or those of
    /// a table that has the name now.
    ///
    /// The functions see the catalog of now.
    private static let changed: SQL = """
        SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't' AND c.oid >= 16384
           AND (pg_catalog.pg_relation_filenode(c.oid) IS DISTINCT FROM c.relfilenode
                OR c.oid::pg_catalog.regclass::pg_catalog.text <> pg_catalog.format('%I.%I', n.nspname, c.relname))
        """

    /// The last line says how many there are.
    private static let end: SQL = """
        SELECT pg_catalog.json_build_object('end', pg_catalog.json_build_object(
          'lines', pg_catalog.current_setting('lobscope.lines')::pg_catalog.int8,
          'at', \(ServerIdentity.microseconds("pg_catalog.clock_timestamp()"))));
        ROLLBACK;

        """
}
