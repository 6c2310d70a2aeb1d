import LOBProfile
import PostgreSQLClient

/// A table with columns that may refer to large objects.
struct ReferenceTable: Sendable {
    let relation: Relation
    /// What is to be read; empty where nothing of the table can be.
    let columns: [ReferenceColumn]
    /// What cannot be read, with the reason.
    let unchecked: [Unmeasured]

    /// The table with nothing to read of it, where it is not to be read for a reason.
    func refused(_ reason: String?) -> ReferenceTable {
        guard let reason else { return self }
        let refused = columns.map {
            Unmeasured(relation: relation.name, column: $0.column.name, reason: .foreignCode, detail: reason)
        }
        return ReferenceTable(relation: relation, columns: [], unchecked: unchecked + refused)
    }
}

/// A column that may refer to large objects.
struct ReferenceColumn: Sendable {
    let column: Column
    let form: Form
    /// Whether its type is `lo`.
    let isLO: Bool

    /// What its values are below all domains.
    enum Form: String, Sendable {
        case oid
        /// text, varchar and char.
        case text
        case bigint
    }

    /// Its values as bigints; NULL where a value is no number that can be an OID.
    ///
    /// The size of a text is looked at first, which its header tells: nothing is fetched from TOAST. What PostgreSQL itself reads
    /// as a number is one, with zeros before it and spaces around it; 32 bytes are fewer than those of a UUID.
    func number() throws(PostgreSQLError) -> SQL {
        let name = try QuotedIdentifier(column.name.bytes)
        return switch form {
        case .oid: "NULLIF(\(name)::pg_catalog.oid, 0)::pg_catalog.int8"
        case .bigint: "CASE WHEN \(name)::pg_catalog.int8 > 0 THEN \(name)::pg_catalog.int8 END"
        case .text:
            """
            CASE WHEN pg_catalog.octet_length(\(name)::pg_catalog.text) BETWEEN 1 AND 32 \
            AND \(name)::pg_catalog.text COLLATE pg_catalog."C" ~ '^[[:space:]]*0*[1-9][0-9]{0,9}[[:space:]]*$' \
            THEN \(name)::pg_catalog.text::pg_catalog.int8 END
            """
        }
    }
}
