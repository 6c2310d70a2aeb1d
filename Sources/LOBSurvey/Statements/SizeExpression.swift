import LOBProfile
import PostgreSQLClient

/// The SQL that gives the size of a value in bytes as int4, NULL for NULL.
///
/// Only functions of pg_catalog run, and output functions of types of extensions, which are in C and so a superuser's. A
/// cast is used only where both types are PostgreSQL's own and binary-coercible: a cast of anybody else's would be
/// their function running as us. What the planner runs of the table's indexes and statistics is ``CodeOfOthersSQL``'s matter.
struct SizeExpression {
    /// The quoted column, or what stands for it.
    let column: SQL
    let family: TypeFamily
    private let headers: JSONHeaders?

    /// Creates the expression of a column.
    ///
    /// - Parameters:
    ///   - column: the column.
    ///   - relation: the relation that it is read from; nil where its headers are not to be looked at.
    ///   - alias: what stands for the column in a statement around the one that reads it.
    init(_ column: Column, of relation: Relation? = nil, alias: SQL? = nil) throws(PostgreSQLError) {
        let name = try QuotedIdentifier(column.name.bytes)
        self.column = alias ?? "\(name)"
        family = column.family
        headers = column.family == .json ? relation.flatMap { JSONHeaders($0, column) } : nil
    }

    /// Bytes of the text form, or of the value for bytea.
    ///
    /// An output function returns a C string, whose `pg_column_size` is its length and a final NUL: that saves
    /// the copy that `::text` makes. All of them are strict. `format` is not, and serves types whose output
    /// function lives in an extension, or is nobody knows whose: only C and internal functions can return a C string, so a
    /// superuser has made it.
    var size: SQL {
        switch family {
        case .text, .varchar, .bpchar, .bytea: "pg_catalog.octet_length(\(column))"
        case .citext, .xml: "pg_catalog.octet_length(\(column)::pg_catalog.text)"
        case .json:
            headers?.size(of: column, otherwise: output("json_out")) ?? output("json_out")
        case .jsonb: output("jsonb_out")
        case .array: output("array_out")
        case .composite: output("record_out")
        case .tsvector: output("tsvectorout")
        case .tsquery: output("tsqueryout")
        case .path: output("path_out")
        case .polygon: output("poly_out")
        case .number: output("numeric_out")
        case .hstore, .geometry, .geography, .largeObjectReference, .bits, .range, .unlisted:
            """
            CASE WHEN pg_catalog.num_nulls(\(column)) = 0 \
            THEN pg_catalog.octet_length(pg_catalog.format('%s', \(column))) END
            """
        }
    }

    /// The ``StoredCode`` of the value, without a look at TOAST.
    var storedCode: SQL {
        """
        (2 * pg_catalog.pg_column_size(\(column)) \
        + CASE WHEN pg_catalog.pg_column_compression(\(column)) IS NULL THEN 0 ELSE 1 END)
        """
    }

    private func output(_ function: SQL) -> SQL {
        "(pg_catalog.pg_column_size(pg_catalog.\(function)(\(column))) - 1)"
    }
}
