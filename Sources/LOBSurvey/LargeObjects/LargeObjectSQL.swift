import PostgreSQLClient

/// The statements about large objects.
enum LargeObjectSQL {
    /// How the sizes of objects are found.
    enum Method: Sendable {
        /// All pages by their places: best where an object has few.
        case allPages
        /// The last page of each object, by the primary key of pg_largeobject.
        case lastPage
        /// Opening each object that the role has a right to: for roles that may not read pg_largeobject.
        case opening
    }

    /// Pages per object from which on the last page of each is found faster than all pages are read.
    ///
    /// Measured, as shares of `GROUP BY loid`: at two pages 0.95 by all pages and 1.4 by the last, at fifty 0.05 by the
    /// last.
    static let fewPages = 4.0

    /// One row: whether the role may read the pages, the bytes that they take, the bytes of a block, objects and pages as
    /// far as statistics know, when the server was started, and the bytes that the list of objects takes.
    static let facts: SQL = """
        SELECT pg_catalog.has_table_privilege('pg_catalog.pg_largeobject', 'SELECT'),
               pg_catalog.pg_relation_size('pg_catalog.pg_largeobject'),
               pg_catalog.current_setting('block_size')::pg_catalog.int8,
               (SELECT c.reltuples::pg_catalog.float8 FROM pg_catalog.pg_class c
                 WHERE c.oid = 'pg_catalog.pg_largeobject_metadata'::pg_catalog.regclass),
               (SELECT c.reltuples::pg_catalog.float8 FROM pg_catalog.pg_class c
                 WHERE c.oid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass),
               pg_catalog.pg_relation_size('pg_catalog.pg_largeobject_metadata')
        """

    /// The next objects after `$1`, at most `$2`, in the order of their OIDs: all OIDs, owners and sizes, and whether each has
    /// privileges of its own, of 4, 4, 8 and 1 bytes for each object; a size is -1 where the role may not read it.
    ///
    /// A row for each object would take several times as long.
    static func objects(by method: Method) -> SQL {
        """
        SELECT pg_catalog.string_agg(pg_catalog.oidsend(o.oid), NULL), pg_catalog.string_agg(pg_catalog.oidsend(o.owner), NULL),
               pg_catalog.string_agg(pg_catalog.int8send(coalesce(o.size, -1)), NULL),
               pg_catalog.string_agg(pg_catalog.boolsend(o.is_granted), NULL)
          FROM (\(rows(by: method, after: "$1", atMost: "$2"))) o(oid, owner, size, is_granted)
        """
    }

    /// A row for each of the same: OID, owner, size, NULL where the role may not read it, and whether it has privileges of its
    /// own.
    static func rows(by method: Method, after first: SQL, atMost limit: SQL) -> SQL {
        let objects = next(after: first, atMost: limit)
        return switch method {
        case .allPages: unmeasured(objects)
        case .lastPage: lastPage(objects)
        case .opening: opening(objects)
        }
    }

    /// The same without any size.
    static let unmeasuredObjects: SQL = objects(by: .allPages)

    private static func unmeasured(_ next: SQL) -> SQL {
        "SELECT m.oid, m.lomowner, NULL::pg_catalog.int8, m.lomacl IS NOT NULL FROM (\(next)) m ORDER BY m.oid"
    }

    /// The names of roles.
    static func owners(_ roles: SQL = "$1") -> SQL {
        """
        SELECT r.oid, pg_catalog.pg_get_userbyid(r.oid)::pg_catalog.text
          FROM pg_catalog.unnest(\(roles)::pg_catalog.oid[]) r(oid)
        """
    }

    /// How many security labels objects have.
    static let securityLabels: SQL = """
        SELECT pg_catalog.count(*) FROM pg_catalog.pg_seclabel
         WHERE classoid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass
        """

    /// Pages and stored bytes of objects, of each not more pages than ``mostPages``.
    static func stored(_ objects: SQL = "$1") -> SQL {
        """
        SELECT o.oid, s.pages, s.bytes FROM pg_catalog.unnest(\(objects)::pg_catalog.oid[]) o(oid) CROSS JOIN LATERAL (
            SELECT pg_catalog.count(*) AS pages, coalesce(pg_catalog.sum(p.size), 0)::pg_catalog.int8 AS bytes
              FROM (SELECT pg_catalog.pg_column_size(l.data) AS size FROM pg_catalog.pg_largeobject l
                     WHERE l.loid = o.oid LIMIT \(mostPages)) p) s
        """
    }

    /// Pages of one object whose stored bytes are added up: 128 MiB, some ten milliseconds.
    static let mostPages = 65_536

    private static func next(after first: SQL, atMost limit: SQL) -> SQL {
        """
        SELECT oid, lomowner, lomacl FROM pg_catalog.pg_largeobject_metadata
         WHERE oid > \(first)::pg_catalog.oid ORDER BY oid LIMIT \(limit)
        """
    }

    /// Looked up once for each statement.
    private static let pageSize: SQL = """
        (SELECT pg_catalog.current_setting('block_size')::pg_catalog.int8 / 4)
        """

    /// An object without pages is empty.
    private static func lastPage(_ next: SQL) -> SQL {
        """
        SELECT m.oid, m.lomowner, coalesce(l.size, 0), m.lomacl IS NOT NULL FROM (\(next)) m LEFT JOIN LATERAL (
            SELECT p.pageno * \(pageSize) + pg_catalog.octet_length(p.data) AS size
              FROM pg_catalog.pg_largeobject p WHERE p.loid = m.oid ORDER BY p.pageno DESC LIMIT 1) l ON true
         ORDER BY m.oid
        """
    }

    /// The objects of the pages in a range of places, and where in the object each page ends: 4 and 8 bytes for each;
    /// then which file the pages are in.
    static func pages(in range: TIDRange) -> SQL {
        """
        SELECT pg_catalog.string_agg(pg_catalog.oidsend(loid), NULL),
               pg_catalog.string_agg(pg_catalog.int8send(pageno * \(pageSize) + pg_catalog.octet_length(data)), NULL),
               pg_catalog.pg_relation_filenode('pg_catalog.pg_largeobject')
          FROM pg_catalog.pg_largeobject WHERE \(range.condition)
        """
    }

    /// 262144 is INV_READ.
    ///
    /// Opening an object without the right to would end the whole statement, so the right is looked up
    /// first.
    private static func opening(_ next: SQL) -> SQL {
        """
        SELECT m.oid, m.lomowner, CASE WHEN m.may_read THEN (
                 SELECT z.size + 0 * z.closed FROM (
                     SELECT pg_catalog.lo_lseek64(f.fd, 0, 2) AS size, pg_catalog.lo_close(f.fd) AS closed
                       FROM (SELECT pg_catalog.lo_open(m.oid, 262144) AS fd OFFSET 0) f OFFSET 0) z) END,
               m.lomacl IS NOT NULL
          FROM (SELECT o.oid, o.lomowner, o.lomacl, pg_catalog.pg_has_role(o.lomowner, 'USAGE') OR EXISTS (
                         SELECT FROM pg_catalog.aclexplode(o.lomacl) a WHERE a.privilege_type = 'SELECT'
                            AND (a.grantee = 0 OR pg_catalog.pg_has_role(a.grantee, 'USAGE'))) AS may_read
                  FROM (\(next)) o OFFSET 0) m
         ORDER BY m.oid
        """
    }
}
