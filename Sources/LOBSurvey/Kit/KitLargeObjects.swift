import LOBProfile
import PostgreSQLClient

/// What the script asks of large objects: all but which columns refer to them.
enum KitLargeObjects {
    /// A part of the script.
    static let script: SQL = """
        SELECT pg_catalog.has_table_privilege('pg_catalog.pg_largeobject', 'SELECT') AS lobscope_reads_pages \\gset
        \(KitLine.recorded("objectCount", "SELECT pg_catalog.count(*) FROM pg_catalog.pg_largeobject_metadata"))
        \(KitLine.recorded("objectFacts", LargeObjectSQL.facts))
        \\if :lobscope_reads_pages
        \(objects(by: .lastPage))
        \(KitLine.recorded("objectStorage", LargeObjectSQL.stored(largest)))
        \\else
        \(objects(by: .opening))
        \\endif
        \(KitLine.recorded("objectOwners", LargeObjectSQL.owners(owners)))
        \(KitLine.recorded("objectLabels", LargeObjectSQL.securityLabels))
        """

    /// The part where they are out of scope.
    static let none: SQL = "-- Large objects are left out: no pattern names them."

    /// All objects, a thousand a line.
    private static func objects(by method: LargeObjectSQL.Method) -> SQL {
        """
        SELECT pg_catalog.json_build_object('objects', pg_catalog.json_build_object(
                 'oids', pg_catalog.array_agg(b.oid ORDER BY b.oid),
                 'owners', pg_catalog.array_agg(b.owner ORDER BY b.oid),
                 'sizes', pg_catalog.array_agg(b.size ORDER BY b.oid),
                 'granted', pg_catalog.array_agg(b.is_granted ORDER BY b.oid)))
          FROM (SELECT o.oid::pg_catalog.int8 AS oid, o.owner::pg_catalog.int8 AS owner, o.size, o.is_granted,
                       (pg_catalog.row_number() OVER (ORDER BY o.oid) - 1) / 1000 AS batch
                  FROM (\(all(by: method))) o(oid, owner, size, is_granted)) b
         GROUP BY b.batch ORDER BY b.batch;
        \(KitLine.counted)
        """
    }

    private static func all(by method: LargeObjectSQL.Method) -> SQL {
        LargeObjectSQL.rows(by: method, after: "0", atMost: "NULL")
    }

    private static let owners: SQL =
        "ARRAY(SELECT DISTINCT m.lomowner FROM pg_catalog.pg_largeobject_metadata m)"

    private static let largest: SQL = """
        ARRAY(SELECT o.oid FROM (\(all(by: .lastPage))) o(oid, owner, size, is_granted)
               ORDER BY o.size DESC, o.oid LIMIT \(LocatedSize.kept))
        """
}
