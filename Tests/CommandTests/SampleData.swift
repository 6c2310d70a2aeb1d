import TestSupport

/// SQL that fills a test's database.
enum SampleData {
    /// A text that every value of ``everyType`` has in it, and that no output may have.
    static let canary = Canary.row

    /// One column of each type, with NULLs, empty values, multi-byte text, compressed and external values.
    static let everyType = """
        CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION lo;
        CREATE DOMAIN note AS text CHECK (VALUE <> 'x');
        CREATE TYPE pair AS (a int, b text);
        CREATE TABLE every_type (
          id int PRIMARY KEY, "text" text, "citext" citext, "varchar" varchar, long_varchar varchar(20000),
          "json" json, "jsonb" jsonb, "xml" xml, "hstore" hstore, ints int[], texts text[], pair pair,
          "bytea" bytea, "tsvector" tsvector, "tsquery" tsquery, "path" path, "polygon" polygon, note note,
          external text, all_null text, empty text);
        ALTER TABLE every_type ALTER external SET STORAGE EXTERNAL;
        INSERT INTO every_type
        SELECT i, CASE WHEN i % 7 = 0 THEN NULL ELSE '\(canary)' || repeat(md5(i::text), i % 50) END,
          '\(canary)' || repeat('ß', i), repeat('漢字', i % 90) || '\(canary)', repeat('\(canary)', i),
          json_build_object('\(canary)', repeat('j', i * 3), 'n', i),
          CASE WHEN i % 3 = 0 THEN NULL ELSE jsonb_build_object('\(canary)', repeat('😀', i), 'n', 1e50) END,
          xmlparse(content '<a>\(canary)' || repeat('é', i) || '</a>'), hstore('\(canary)', repeat('h', i)),
          array_fill(i, ARRAY[i % 100]), ARRAY['\(canary)"', NULL, repeat(',', i)],
          CASE WHEN i % 5 = 1 THEN NULL ELSE ROW(i, '\(canary)"y')::pair END,
          '\(canary)'::bytea || decode(repeat('00ff', i * 5), 'hex'), to_tsvector('simple', '\(canary)' || i),
          CASE WHEN i % 2 = 0 THEN NULL ELSE (('a' || i) || ' & b')::tsquery END,
          ('[' || repeat('(1,2),', i) || '(3,4)]')::path,
          ('(' || repeat('(1,2.5),', i % 60) || '(3,4))')::polygon, '\(canary)' || i,
          repeat('\(canary)', i * 4), NULL, ''
        FROM generate_series(1, 300) i;
        INSERT INTO every_type (id, "text", external, "bytea") VALUES
          (1001, repeat('a', 65534), repeat('b', 65535), decode(repeat('00', 65536), 'hex')),
          (1002, repeat('long', 100000), repeat('x', 3000000), NULL);
        CREATE TABLE parted (id int, note text) PARTITION BY RANGE (id);
        CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (100);
        CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (100) TO (200);
        INSERT INTO parted SELECT i, repeat('p', i) FROM generate_series(0, 199) i;
        CREATE MATERIALIZED VIEW summary AS SELECT id, note FROM parted;
        CREATE TABLE no_lob (id int PRIMARY KEY, price numeric);
        CREATE TABLE "Mixed Case" (id int, "Some Note" text NOT NULL);
        INSERT INTO "Mixed Case" VALUES (1, 'one');
        CREATE TABLE attachment (id int PRIMARY KEY, content lo);
        INSERT INTO attachment SELECT 1, lo_from_bytea(0, decode(repeat('00', 5000), 'hex'));
        SELECT lo_from_bytea(0, 'abc');
        ANALYZE;
        """

    /// Small tables for tests that need some numbers, whatever they are.
    static let shop = """
        CREATE TABLE customer (id int PRIMARY KEY, name varchar(200) NOT NULL, notes text);
        CREATE TABLE "order" (id int PRIMARY KEY, payload jsonb, invoice bytea);
        INSERT INTO customer
        SELECT i, '\(canary)' || i, CASE WHEN i % 3 > 0 THEN repeat('n', i) END FROM generate_series(1, 500) i;
        INSERT INTO "order"
        SELECT i, jsonb_build_object('k', repeat('x', i * 7)), decode(repeat('ab', i), 'hex')
        FROM generate_series(1, 800) i;
        ANALYZE;
        """
}
