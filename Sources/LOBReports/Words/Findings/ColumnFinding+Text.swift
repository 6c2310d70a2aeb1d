import LOBAdvice

extension ColumnFinding {
    /// - Parameter path: the column with its table.
    func text(of path: String) -> FindingText {
        switch self {
        case .notNull(let remedy):
            .init(
                "\"\(path)\" is NOT NULL, but DMS may insert a row with its LOBs NULL and fill them in afterwards",
                remedy: remedy.sentence)
        case .generated:
            .init(
                "\"\(path)\" is generated: where the target generates it too, PostgreSQL refuses DMS's rows",
                remedy:
                    "remove the column with a transformation rule (rule-action remove-column), or make it an ordinary "
                    + "column on the target")
        case .doubtful(let type):
            Self.unsupported(
                path, type, "the guide lists it as a LOB in one table and as not migrated in another")
        case .ofPostGIS(let type):
            Self.unsupported(path, type, "PostGIS types migrate between PostgreSQL databases only")
        case .invalidWhenCut(let type):
            .init(
                "\"\(path)\" may be cut as truncation is accepted for its table, but a cut value of type "
                    + "\(type.losslessText) is invalid: the target rejects the row, or the whole batch with it",
                remedy: "take the table out of --truncation-ok, or raise its limit above the largest value")
        case .longVarchar(let length):
            .init(
                "\"\(path)\" is varchar(\(length)): a string to DMS, but a LOB if the source endpoint says "
                    + "MapLongVarcharAs clob or nclob",
                remedy: "leave MapLongVarcharAs at wstring, or size the column as a LOB")
        case .largeObjectReference(let type):
            .init(
                "\"\(path)\" of type \(type.losslessText) may refer to large objects: "
                    + "DMS copies the number, not the object",
                remedy:
                    "move the large objects with pg_dump --large-objects, or turn them into bytea on the source"
            )
        }
    }

    private static func unsupported(_ path: String, _ type: Identifier, _ reason: String) -> FindingText {
        .init(
            "\"\(path)\" has the type \(type.losslessText): \(reason)",
            remedy:
                "try it with a few rows before the migration; tsvector can be computed again on the target")
    }
}

extension ColumnFinding.NotNullRemedy {
    fileprivate var sentence: String {
        switch self {
        case .drop(let statement): return "on the target, until the migration is over: \(statement)"
        case .keep(let key, let hasPrimaryKey):
            let first =
                hasPrimaryKey
                ? "set REPLICA IDENTITY DEFAULT, on the target too" : "add a primary key without LOB columns"
            return
                "leave the column NOT NULL while rows may be found by \"\(key.losslessText)\": first \(first), and then drop NOT "
                + "NULL on the target until the migration is over"
        }
    }
}
