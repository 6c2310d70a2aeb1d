/// What extensions leave in the catalog, made by hand, since they are not installed.
public enum KnownExtension {
    /// An entry in `pg_extension` without anything behind it.
    public static func pretended(_ extension: String, schema: String) -> String {
        """
        INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
          SELECT 99999, '\(`extension`)', 10, '\(schema)'::regnamespace, false, '0';
        """
    }

    /// A hypertable with a chunk, one whose rows were compressed into another table, and one in a schema of its own.
    public static func hypertable(isInstalled: Bool = true) -> String {
        """
        CREATE SCHEMA _timescaledb_catalog; CREATE SCHEMA _timescaledb_internal; CREATE SCHEMA side;
        CREATE TABLE _timescaledb_catalog.hypertable (id int, schema_name name, table_name name, compression_state smallint);
        CREATE TABLE _timescaledb_catalog.chunk (id int, hypertable_id int, schema_name name, table_name name, compressed_chunk_id int, dropped bool);
        CREATE TABLE m (ts timestamptz NOT NULL, dev int, note text);
        CREATE TABLE _timescaledb_internal._hyper_1_1_chunk () INHERITS (m);
        CREATE TABLE side.moved_chunk () INHERITS (m); CREATE TABLE side.ordinary (t text);
        CREATE TABLE _timescaledb_internal.compress_hyper_2_3_chunk (note bytea);
        INSERT INTO _timescaledb_catalog.hypertable VALUES (1, 'public', 'm', 1), (2, '_timescaledb_internal', '_compressed_hypertable_2', 2);
        INSERT INTO _timescaledb_catalog.chunk VALUES (1, 1, '_timescaledb_internal', '_hyper_1_1_chunk', 3, false), (2, 1, 'side', 'moved_chunk', NULL, false);
        INSERT INTO _timescaledb_internal._hyper_1_1_chunk SELECT '2024-01-01'::timestamptz + i * interval '10 min', i % 20, repeat('n', CASE WHEN i = 333 THEN 400000 ELSE i % 1500 END)
          FROM generate_series(1, 2000) i;
        INSERT INTO side.moved_chunk SELECT now(), 1, repeat('s', i) FROM generate_series(1, 1000) i;
        ANALYZE;
        """
            + (isInstalled
                ? pretended("timescaledb", schema: "public")
                    + """
                    ALTER EXTENSION timescaledb ADD TABLE _timescaledb_catalog.hypertable;
                    ALTER EXTENSION timescaledb ADD TABLE _timescaledb_catalog.chunk;
                    """ : "")
    }
}
