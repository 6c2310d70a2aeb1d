public import LOBAdvice
import SizeStatistics

/// A patch plan as a script for psql: what to read on the source, and how to write it on the target.
///
/// It holds key values, and nothing else of a row.
public enum PatchScript {
    /// The script.
    public static func render(_ plan: PatchPlan) -> [UInt8] {
        let exports = plan.tables.enumerated().map { export($0.element, number: $0.offset + 1) }
        let imports = plan.tables.enumerated().map { apply($0.element, number: $0.offset + 1) }
        return bytes(head(plan)) + exports.joined() + bytes(middle) + imports.joined()
            + bytes("COMMIT;\n\\endif\n")
    }

    private static func head(_ plan: PatchPlan) -> String {
        let rows = plan.tables.reduce(0) { $0 + $1.keys.count }
        let size = plan.tables.reduce(0) { $0 + $1.bytes.bytes }
        return """
            -- THIS FILE HOLDS KEY VALUES OF ROWS: keep it as the data itself.
            -- Patch plan by lobscope: \(rows) rows of \(plan.tables.count) tables above their limits, \(size) bytes of LOBs.
            -- In a folder that only you can read (the files that it writes hold the LOBs):
            --   psql SOURCE -f THIS                  reads the rows into patch-1.copy and so on
            --   psql TARGET -v apply=1 -f THIS       writes them, in one transaction
            -- Run it when the tasks have caught up and are stopped. A row that is gone from either side is left out.
            \\set ON_ERROR_STOP on
            \\encoding \(plan.isEncodingUnknown ? "SQL_ASCII" : "UTF8")
            SET standard_conforming_strings = on;
            \\if :{?apply}
            \\else

            """
    }

    private static let middle = """
        \\endif
        \\if :{?apply}
        BEGIN;

        """

    private static func export(_ table: PatchPlan.Table, number: Int) -> [UInt8] {
        let keys = table.keys.map { bytes("  (") + list($0) + bytes(")") }
        return bytes("COPY (SELECT ") + list((table.keyColumns + table.columns).map(quoted))
            + bytes(" FROM ") + source(table) + bytes(" WHERE (")
            + list(table.keyColumns.map(quoted)) + bytes(") IN (\n")
            + Array(keys.joined(separator: bytes(",\n"))) + bytes("\n)) TO STDOUT \\g patch-\(number).copy\n")
    }

    private static func apply(_ table: PatchPlan.Table, number: Int) -> [UInt8] {
        let name = bytes("pg_temp.patch_\(number)")
        let assignments = table.columns.map { quoted($0) + bytes(" = p.") + quoted($0) }
        let same = table.keyColumns.map { bytes("t.") + quoted($0) + bytes(" = p.") + quoted($0) }
        return bytes("CREATE TEMP TABLE patch_\(number) ON COMMIT DROP AS SELECT ")
            + list((table.keyColumns + table.columns).map(quoted)) + bytes(" FROM ") + source(table)
            + bytes(" WITH NO DATA;\n\\copy ") + name + bytes(" FROM 'patch-\(number).copy'\nUPDATE ")
            + source(table) + bytes(" AS t SET ") + list(assignments) + bytes(" FROM ") + name
            + bytes(" AS p WHERE ") + Array(same.joined(separator: bytes(" AND "))) + bytes(";\n")
    }

    private static func source(_ table: PatchPlan.Table) -> [UInt8] {
        bytes(table.isReadWithDescendants ? "" : "ONLY ") + quoted(table.name)
    }

    private static func list(_ parts: [[UInt8]]) -> [UInt8] { Array(parts.joined(separator: bytes(", "))) }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static func quoted(_ name: Identifier) -> [UInt8] {
        let mark = UInt8(ascii: "\"")
        return [mark] + name.bytes.flatMap { $0 == mark ? [mark, mark] : [$0] } + [mark]
    }

    private static func quoted(_ name: RelationName) -> [UInt8] {
        quoted(name.schema) + bytes(".") + quoted(name.name)
    }
}
