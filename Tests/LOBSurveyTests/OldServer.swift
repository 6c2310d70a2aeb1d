/// What a server of some version has of what lobscope names in its statements, after the manuals of 9.6 to 18.
///
/// A name stands for every version; `name@12` came with 12, `name@-9` was there until 9.6.
struct OldServer: CustomStringConvertible {
    /// 9 for 9.6, else the first number of the version.
    let major: Int

    /// The versions that nothing runs here.
    static let untried = [9, 10, 11, 12, 13].map(OldServer.init)

    /// `server_version_num` of a late minor release.
    var version: Int { major == 9 ? 90_624 : major * 10_000 + 20 }

    var description: String { major == 9 ? "9.6" : "\(major)" }

    /// A name, and the versions that have it.
    struct Entry {
        let name: String
        let versions: ClosedRange<Int>

        init(_ text: some StringProtocol) {
            let parts = text.split(separator: "@")
            name = String(parts[0])
            guard parts.count == 2, let bound = Int(parts[1]) else {
                versions = 9...99
                return
            }
            versions = bound < 0 ? 9...(-bound) : bound...99
        }
    }

    private static func entries(_ text: String) -> [String: Entry] {
        let entries = text.split(whereSeparator: \.isWhitespace).map { Entry($0) }
        return Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0) })
    }

    /// What a name can be of.
    enum Kind: CaseIterable {
        case function, relation, type, setting
    }

    static let names: [Kind: [String: Entry]] = [
        .function: entries(functions), .relation: entries(columns.keys.joined(separator: " ")),
        .type: entries("bool float4 float8 int2 int4 int8 oid pg_lsn regclass text tid xid"),
        .setting: entries(settings),
    ]

    /// The columns of each catalog or view, by its name without a version.
    static let columnsByRelation: [String: [String: Entry]] = Dictionary(
        uniqueKeysWithValues: columns.map { (Entry($0.key).name, entries($0.value)) })

    /// The columns that not every version has, in whatever catalog.
    static let changingColumns = columnsByRelation.values.flatMap {
        $0.values.filter { $0.versions != 9...99 }
    }

    /// Functions, aggregates and sampling methods.
    private static let functions = """
        aclexplode age array_agg array_out array_position array_to_string bernoulli bool_or boolsend char_length
        chr clock_timestamp concat convert_from count current_database current_setting date_part decode encode
        format format_type generate_series get_byte has_column_privilege has_function_privilege
        has_schema_privilege has_table_privilege hashtext hashtidextended@14 inet_server_addr int4send int8send
        json_array_length json_build_array json_build_object json_each json_in json_out json_typeof jsonb_out
        lo_close lo_lseek64 lo_open lower max min num_nulls numeric_out octet_length oidsend path_out
        pg_backend_pid pg_column_compression@14 pg_column_size pg_column_toast_chunk_id@17 pg_control_system
        pg_current_snapshot@13 pg_current_wal_insert_lsn@10 pg_current_wal_lsn@10
        pg_current_xlog_insert_location@-9 pg_current_xlog_location@-9 pg_export_snapshot pg_get_userbyid
        pg_has_role pg_identify_object_as_address pg_is_in_recovery pg_is_wal_replay_paused@10
        pg_is_xlog_replay_paused@-9 pg_last_wal_receive_lsn@10 pg_last_wal_replay_lsn@10
        pg_last_xact_replay_timestamp pg_last_xlog_receive_location@-9 pg_last_xlog_replay_location@-9
        pg_postmaster_start_time pg_relation_filenode pg_relation_size pg_size_bytes pg_sleep pg_snapshot_xmin@13
        poly_out record_out replace row_number row_security_active row_to_json set_config sha256@11 string_agg
        strpos substr substring sum system textin textout textsend tidsend to_regclass tsqueryout tsvectorout
        txid_current_snapshot txid_snapshot_xmin unnest version
        """

    /// Settings that a statement sets, or reads in a way that fails without them.
    private static let settings = """
        application_name block_size bytea_output client_encoding client_min_messages constraint_exclusion data_checksums
        datestyle enable_bitmapscan enable_hashagg enable_seqscan enable_sort enable_tidscan extra_float_digits
        idle_in_transaction_session_timeout ignore_checksum_failure intervalstyle lc_monetary lock_timeout
        max_parallel_workers_per_gather max_replication_slots max_wal_senders port quote_all_identifiers row_security
        search_path server_encoding shared_buffers statement_timeout timezone wal_level zero_damaged_pages
        """

    /// Until 11 `oid` was a system column; it has to be named to be seen, which all statements do.
    private static let columns: [String: String] = [
        "pg_am": "oid amname amtype",
        "pg_attribute": """
        attrelid attname atttypid atttypmod attnum attnotnull attisdropped attstorage attacl atthasmissing@11
        attgenerated@12 attcompression@14 xmin
        """,
        "pg_cast": "castsource casttarget castmethod castfunc",
        "pg_class": """
        oid relname relnamespace relkind relpages reltuples reltoastrelid relfilenode relallvisible relam relacl
        relowner relpersistence relispopulated relreplident relrowsecurity relispartition@10 xmin
        """,
        "pg_constraint": "oid conname conrelid confrelid contype",
        "pg_database": "oid datname datdba",
        "pg_depend": "classid objid objsubid refclassid refobjid refobjsubid deptype",
        "pg_extension": "oid extname extversion",
        "pg_index": """
        indexrelid indrelid indnatts indnkeyatts@11 indkey indisunique indisprimary indisexclusion indimmediate
        indisvalid indisready indexprs indpred xmin
        """,
        "pg_inherits": "inhrelid inhparent inhseqno",
        "pg_language": "oid lanname",
        "pg_largeobject": "loid pageno data",
        "pg_largeobject_metadata": "oid lomowner lomacl",
        "pg_locks": "locktype mode relation",
        "pg_namespace": "oid nspname nspowner",
        "pg_operator": "oid oprname",
        "pg_prepared_xacts": "database prepared gid",
        "pg_proc": "oid proname pronamespace proowner prolang",
        "pg_publication@10": "pubname",
        "pg_range": "rngtypid rngsubtype rngmultitypid@14",
        "pg_replication_slots": "slot_name plugin slot_type database active_pid confirmed_flush_lsn",
        "pg_roles": "oid rolname rolsuper rolcreaterole rolreplication",
        "pg_seclabel": "objoid classoid provider label",
        "pg_settings": "name setting reset_val source",
        "pg_stat_activity": "pid datname usename application_name state query backend_type@10",
        "pg_stat_bgwriter": "stats_reset",
        "pg_stat_database": "datname stats_reset",
        "pg_stat_replication": """
        pid state flush_location@-9 replay_location@-9 flush_lsn@10 replay_lsn@10 replay_lag@10
        """,
        "pg_stat_user_tables": "relid n_tup_ins",
        "pg_stat_wal_receiver": "pid status",
        "pg_statistic_ext@10": "oid stxname stxrelid stxexprs@14 xmin",
        "pg_type": "oid typname typtype typcategory typelem typlen typbasetype typtypmod typnotnull typrelid",
    ]
}
