/// The tables of the demo: an application's schema `app` and a schema `archive`, with every type that DMS
/// treats as a LOB and with the cases that need care in a migration.
enum DemoSchema {
    /// The statements that create everything that rows are loaded into.
    static func statements(_ features: DemoFeatures) -> String {
        let extensions = features.extensions.sorted().map { "CREATE EXTENSION \($0);" }
        return extensions.joined(separator: "\n") + types + application(features) + archive(features)
    }

    private static let types = """

        CREATE SCHEMA app;
        CREATE SCHEMA archive;
        CREATE TYPE app.contact AS (name text, address text);
        CREATE DOMAIN app.markdown AS text;
        CREATE DOMAIN app.summary AS app.markdown CHECK (octet_length(VALUE) <= 4000);

        """

    private static func application(_ features: DemoFeatures) -> String {
        """
        CREATE TABLE app.file (
            id bigint PRIMARY KEY, path varchar(1024) NOT NULL, bytes bigint NOT NULL,
            modified timestamptz NOT NULL);
        CREATE TABLE app.document (
            id bigint PRIMARY KEY, path varchar(1024) NOT NULL UNIQUE,
            title \(features.type("citext", otherwise: "text")), summary app.summary, body text NOT NULL);
        CREATE TABLE app.search_entry (
            document bigint PRIMARY KEY, words tsvector, question tsquery);
        CREATE TABLE app.package (
            name varchar(1024) PRIMARY KEY, section \(features.type("citext", otherwise: "text")),
            maintainer app.contact, description app.markdown, depends text[],
            fields \(features.type("hstore", otherwise: "jsonb")), record jsonb);
        CREATE TABLE app.shape (
            id bigint PRIMARY KEY, histogram polygon, profile path, line_lengths int[]);
        CREATE TABLE app.configuration (
            id bigint PRIMARY KEY, path varchar(1024), source json, parsed jsonb NOT NULL);
        CREATE TABLE app.markup (
            id bigint PRIMARY KEY, path varchar(1024), document xml, source varchar(20000));
        CREATE TABLE app.source (
            language varchar(10) NOT NULL, path varchar(1024) NOT NULL, content text,
            PRIMARY KEY (language, path)) PARTITION BY LIST (language);
        CREATE TABLE app.source_c PARTITION OF app.source FOR VALUES IN ('c');
        CREATE TABLE app.source_python PARTITION OF app.source FOR VALUES IN ('python');
        CREATE TABLE app.source_perl PARTITION OF app.source FOR VALUES IN ('perl');
        CREATE TABLE app.source_other PARTITION OF app.source DEFAULT;
        CREATE TABLE app.attachment (
            id bigint PRIMARY KEY, name varchar(1024), content oid,
            preview \(features.type("lo", otherwise: "oid")));
        CREATE TABLE app.outbox (id bigint PRIMARY KEY, payload jsonb);
        CREATE TABLE app."Mixed Case ""Name"" with spaces" ("Id" bigint PRIMARY KEY, "Body Text" text);

        """
    }

    private static func archive(_ features: DemoFeatures) -> String {
        """
        CREATE TABLE archive.changelog (name text PRIMARY KEY, compressed bytea);
        CREATE TABLE archive.paragraph (
            path varchar(1024), position int, content varchar, note app.markdown);
        CREATE TABLE archive.manual (
            section int NOT NULL, path varchar(1024) NOT NULL, compressed bytea,
            PRIMARY KEY (section, path)) PARTITION BY RANGE (section);
        CREATE TABLE archive.manual_commands PARTITION OF archive.manual FOR VALUES FROM (MINVALUE) TO (2);
        CREATE TABLE archive.manual_formats PARTITION OF archive.manual FOR VALUES FROM (2) TO (8);
        CREATE TABLE archive.manual_administration PARTITION OF archive.manual FOR VALUES FROM (8) TO (MAXVALUE);
        CREATE TABLE archive.stored (id bigint PRIMARY KEY, plain bytea, packed text, dense text);
        ALTER TABLE archive.stored ALTER plain SET STORAGE EXTERNAL;
        \(compression(features))

        """
    }

    /// Compression can be chosen by column from version 14 on, which is also when LZ4 came.
    private static func compression(_ features: DemoFeatures) -> String {
        guard features.lz4 else { return "" }
        return """
            ALTER TABLE archive.stored ALTER packed SET COMPRESSION pglz;
            ALTER TABLE archive.stored ALTER dense SET COMPRESSION lz4;
            """
    }

    /// What is derived from the loaded rows, once they are there.
    static let derived = """
        INSERT INTO app.search_entry
        SELECT id, to_tsvector('simple', left(body, 20000)),
               plainto_tsquery('simple', left(coalesce(title::text, ''), 200))
        FROM app.document WHERE id % 4 = 0;

        INSERT INTO app."Mixed Case ""Name"" with spaces"
        SELECT id, upper(left(body, 3000)) FROM app.document WHERE id % 10 = 0;

        CREATE MATERIALIZED VIEW archive.largest_document AS
        SELECT path, body FROM app.document ORDER BY octet_length(body) DESC, path LIMIT 100;

        ANALYZE;
        """

    /// One large object that nothing refers to, and one whose size is mostly a hole: 1 GiB, one page of data.
    static let strayLargeObjects = """
        SELECT lo_from_bytea(0, convert_to(repeat('orphan ', 10000), 'UTF8')) \\g /dev/null
        BEGIN;
        SELECT lo_create(0) AS sparse \\gset
        SELECT lo_open(:sparse, 131072) AS descriptor \\gset
        SELECT lo_lseek64(:descriptor, 1073741823, 0) \\g /dev/null
        SELECT lowrite(:descriptor, '\\x00') \\g /dev/null
        COMMIT;
        INSERT INTO app.attachment VALUES (0, 'sparse', :sparse, NULL);

        """
}
