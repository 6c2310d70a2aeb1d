import LOBProfile
import PostgreSQLClient

/// The query whose rows are the statements that measure tables.
///
/// The script is written before anybody knows the tables, so the server writes these, from the same expressions that a survey
/// reads sizes by.
struct KitSizes {
    let scope: KitScope
    let serverVersion: Int

    /// Columns that one statement reads.
    private static let columnsOfStatement = 32
    /// Blocks of a part of a table: what a statement keeps beside it is a fraction of them.
    private static let blocksOfPart = 2048
    /// Parts of the largest tables.
    private static let mostParts = 1024

    /// One statement a row, in the order of names.
    func query() throws(PostgreSQLError) -> SQL {
        """
        WITH type AS (\(try types())),
        template(family, size) AS (VALUES \(try Self.templates())),
        wanted AS (\(wanted)),
        readable AS (\(try readable()))
        SELECT \(statement)
          FROM readable r
          JOIN (SELECT w.relation,
                       pg_catalog.string_agg(w.size || ' AS v' || w.number, ', ' ORDER BY w.number) AS sizes,
                       pg_catalog.string_agg(w.answer, ', ' ORDER BY w.number) AS answers
                  FROM wanted w GROUP BY w.relation, w.place / \(Self.columnsOfStatement)) w ON w.relation = r.oid
         CROSS JOIN LATERAL pg_catalog.generate_series(0, r.parts - 1) p(part)
         ORDER BY r.name COLLATE "C", p.part
        """
    }

    /// Of the types that columns have those that are measured, with their family.
    private func types() throws(PostgreSQLError) -> SQL {
        """
        SELECT t.oid, t.modifier_of_column, (\(try KitFamilies.family()))::pg_catalog.text AS family
          FROM (\(CatalogSQL(serverVersion: serverVersion).types))
            t(oid, modifier_of_column, name, modifier, is_not_null, base, base_name, kind, length, extension, is_text,
              has_small_bounds)
        """
    }

    /// The size of a value of each family; `{column}` stands for the column.
    private static func templates() throws(PostgreSQLError) -> SQL {
        var rows: [SQL] = []
        for family in TypeFamily.allCases where !family.isHarmless(declaredLength: nil) {
            let column = Column(
                number: 1, name: Identifier("column"), typeName: Identifier(""), typeOID: 0, family: family,
                declaredLength: nil, isNotNull: false, isGenerated: false, isSelectable: true, storage: .plain
            )
            let size = try SizeExpression(column, alias: "{column}").size
            let name = try SQL.literal(word: Array(family.rawValue.utf8))
            rows.append("(\(name)::pg_catalog.text, $t$\(size)$t$::pg_catalog.text)")
        }
        return rows.joined(separator: ",\n")
    }

    /// The columns that are measured and may be read.
    private var wanted: SQL {
        """
        SELECT a.relation, a.number,
               pg_catalog.row_number() OVER (PARTITION BY a.relation ORDER BY a.number) - 1 AS place,
               pg_catalog.replace(m.size, '{column}', 'r.' || \(Self.quoted("a.name"))) AS size,
               pg_catalog.replace(pg_catalog.replace($t$\(Self.answer)$t$, '{number}', a.number::pg_catalog.text),
                                  '{family}', m.family) AS answer
          FROM (\(CatalogSQL(serverVersion: serverVersion).columns(of: nil)))
            a(relation, number, name, type, modifier, is_not_null, is_generated, is_selectable, storage, is_missing,
              is_virtual)
          JOIN type t ON t.oid = a.type AND t.modifier_of_column = a.modifier
          JOIN template m ON m.family = t.family
         WHERE a.is_selectable AND NOT a.is_virtual
        """
    }

    /// What is said of a column: how many values have each size, and where the largest are.
    private static let answer: SQL = """
        (SELECT pg_catalog.json_build_object('number', {number}, 'family', '{family}',
                  'nulls', coalesce(pg_catalog.sum(g.n) FILTER (WHERE g.v IS NULL), 0),
                  'sizes', coalesce(pg_catalog.array_agg(g.v ORDER BY g.v) FILTER (WHERE g.v IS NOT NULL), '{}'),
                  'counts', coalesce(pg_catalog.array_agg(g.n ORDER BY g.v) FILTER (WHERE g.v IS NOT NULL), '{}'),
                  'largest', (SELECT coalesce(
                                       pg_catalog.array_agg(l.v || ' ' || l.place ORDER BY l.v DESC, l.place), '{}')
                                FROM (SELECT x.v{number} AS v, x.place FROM x
                                       WHERE x.v{number} IS NOT NULL AND x.place IS NOT NULL
                                       ORDER BY 1 DESC, 2 LIMIT \(LocatedSize.kept)) l))
           FROM (SELECT x.v{number} AS v, pg_catalog.count(*) AS n FROM x GROUP BY 1) g)
        """

    /// The tables that may be read: without row security, and without code of others that would run as a role that may do more
    /// than read.
    private func readable() throws(PostgreSQLError) -> SQL {
        """
        SELECT c.oid, \(Self.quoted("n.nspname")) || '.' || \(Self.quoted("c.relname")) AS name,
               s.has_places, s.parts,
               (\(CatalogSQL.blocks("c.relpages")) + s.parts - 1) / s.parts AS step,
               EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhparent = c.oid) AS has_children
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          LEFT JOIN pg_catalog.pg_am am ON \(serverVersion >= 120_000 ? "am.oid = c.relam" : "false")
         CROSS JOIN LATERAL (SELECT q.has_places, CASE WHEN q.has_places THEN \(parts) ELSE 1 END AS parts
            FROM (SELECT coalesce(am.amname = 'heap', true) AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
                           AS has_places) q) s
         WHERE c.relkind IN ('r', 'm') AND \(CatalogSQL.inScope) AND c.relispopulated
           AND \(try scope.condition())
           AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
           AND NOT (c.relrowsecurity AND pg_catalog.row_security_active(c.oid))
           AND NOT (c.relpersistence = 'u' AND pg_catalog.pg_is_in_recovery())
           AND NOT EXISTS (
             SELECT FROM (\(CodeOfOthersSQL(serverVersion: serverVersion).query))
                         f(relation, schema, name, owner, place, object, power)
              WHERE f.relation = c.oid AND f.power IS NOT NULL)
        """
    }

    /// TID range scans came with 14.
    private var parts: SQL {
        guard serverVersion >= 140_000 else { return "1" }
        let blocks = CatalogSQL.blocks("c.relpages")
        let parts: SQL = "(\(blocks) + \(Self.blocksOfPart - 1)) / \(Self.blocksOfPart)"
        return "GREATEST(1, LEAST(\(Self.mostParts), \(parts)))"
    }

    /// A name as it is quoted in SQL.
    private static func quoted(_ name: SQL) -> SQL {
        "('\"' || pg_catalog.replace(\(name)::pg_catalog.text, '\"', '\"\"') || '\"')"
    }

    /// The statement of a part of a table and some of its columns: one line of the answers.
    private var statement: SQL {
        """
        $t$WITH x AS (SELECT $t$ || CASE WHEN r.has_places THEN 'r.ctid' ELSE 'NULL::pg_catalog.tid' END
               || ' AS place, ' || w.sizes || ' FROM ONLY ' || r.name || ' AS r' || \(condition) || $t$)
        SELECT pg_catalog.json_build_object('sizes', pg_catalog.json_build_object(
                 'relation', $t$ || r.oid || $t$, 'part', $t$ || p.part || $t$, 'parts', $t$ || r.parts || $t$,
                 'rows', (SELECT pg_catalog.count(*) FROM x), 'isHidden', $t$ || \(Self.isHidden) || $t$,
                 'columns', pg_catalog.json_build_array($t$ || w.answers || $t$)))
         WHERE \(KitLine.isCounted)$t$
        """
    }

    private var condition: SQL {
        guard serverVersion >= 140_000 else { return "''" }
        return """
            CASE WHEN r.has_places THEN $t$ WHERE r.ctid >= '($t$ || p.part * r.step || $t$,0)'::pg_catalog.tid$t$
               || CASE WHEN p.part < r.parts - 1
                       THEN $t$ AND r.ctid < '($t$ || (p.part + 1) * r.step || $t$,0)'::pg_catalog.tid$t$ ELSE '' END
               ELSE '' END
            """
    }

    /// Whether a plain read of a table without children shows rows that it does not have itself.
    private static let isHidden: SQL = """
        CASE WHEN r.has_children THEN 'false'
             ELSE 'EXISTS (SELECT FROM ' || r.name || ') AND NOT EXISTS (SELECT FROM ONLY ' || r.name || ')' END
        """
}
