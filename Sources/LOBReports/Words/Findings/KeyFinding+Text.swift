import LOBAdvice

extension KeyFinding {
    /// - Parameter name: of the table; for a key column with its own behind it.
    func text(of name: String) -> FindingText {
        switch self {
        case .missing(let effect, let unusable, let way):
            .init(
                "\"\(name)\" has LOB columns but no primary key or unique index on NOT NULL columns: "
                    + effect.text + Self.text(unusable),
                remedy:
                    "\(way.sentence) or make the columns of a unique index NOT NULL. Foreign keys do not help"
            )
        case .lobTyped(let key): key.text
        case .arrayWithoutPrimaryKey(let array, let way):
            .init(
                "\"\(name)\" has the array column \"\(array.losslessText)\" but no primary key: "
                    + "DMS suspends or ignores the table",
                remedy: "\(way.sentence) a unique index does not replace it")
        case .arrayInFullMode(let array):
            .init(
                "\"\(name)\" is unlimited and has the array column \"\(array.losslessText)\": in full LOB mode a NULL array was "
                    + "seen to arrive as an empty text, which is not an array (one report; not documented)",
                remedy:
                    "try a change of a row with a NULL array before the migration; a limited rule is said not to do it"
            )
        case .fullIdentity(let table, let hasPrimaryKey):
            .init(
                "\"\(name)\" has REPLICA IDENTITY FULL, which DMS does not support with pglogical",
                remedy: hasPrimaryKey
                    ? "use the plugin test_decoding, or: ALTER TABLE \(SQLText.quoted(table)) REPLICA IDENTITY DEFAULT;"
                    : "use the plugin test_decoding (endpoint setting PluginName), or add a primary key")
        case .noIdentity(let table, let statement):
            .init(
                "\"\(name)\" writes no key into the change stream: DMS ignores every UPDATE and DELETE of it",
                remedy: statement
                    ?? "add a primary key, or with the plugin test_decoding: ALTER TABLE \(SQLText.quoted(table)) REPLICA "
                    + "IDENTITY FULL;")
        case .otherUniqueIndexes(let others):
            .init(
                "\"\(name)\" has a primary key and another unique index or exclusion constraint ("
                    + others.map { "\"\($0.losslessText)\"" }.joined(separator: ", ")
                    + "): batch apply would lose rows there, so it has to stay off",
                remedy:
                    "leave BatchApplyEnabled false while the target has both, in a task of its own where other tables are to use "
                    + "batches; drop the other one on the target only after checking that nothing needs it there"
            )
        }
    }

    private static func text(_ unusable: [UnusableKey]) -> String {
        let reasons = unusable.map { "\"\($0.name.losslessText)\" is \($0.reason.text)" }
        return reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))"
    }
}

extension KeyFinding.MissingEffect {
    fileprivate var text: String {
        switch self {
        case .unlimited: "in full LOB mode DMS drops the LOB columns or fails the table"
        case .changes: "DMS needs one to apply changes to LOBs"
        case .fullLoad: "a limited full load appears to work without one, later changes do not"
        }
    }
}

extension KeyFinding.UnusableKey.Reason {
    fileprivate var text: String {
        switch self {
        case .exclusion: "of an exclusion constraint"
        case .invalid: "invalid"
        case .partial: "partial"
        case .deferrable: "deferrable"
        case .expression: "on an expression"
        case .nullable: "on nullable columns"
        }
    }
}

extension KeyFinding.LOBTypedKey {
    fileprivate var text: FindingText {
        .init(
            "\"\(column.losslessText)\" of type \(type.losslessText) is part of the key "
                + "\"\(key.losslessText)\" of \"\(table.losslessText)\", and \(isListed ? "" : "perhaps ")a LOB to DMS: "
                + "LOBs in keys are not supported",
            remedy: remedy)
    }

    private var remedy: String {
        if let retype {
            return
                "give the column a length (with its COLLATE, where it has one), for example: \(retype) or "
                + otherKey.sentence
        }
        guard isPlainText else { return otherKey.sentence }
        return
            "make the column character varying(n) in the parent table, which PostgreSQL refuses where rows are divided by it; or "
            + otherKey.sentence
    }
}

extension KeyFinding.OtherKey {
    fileprivate var sentence: String {
        switch self {
        case .added(let way): "use a key of another type: \(way.sentence)"
        case .replacing(let isDivided):
            "use a key of another type: make a bigint column, for example, the primary key instead"
                + (isDivided ? ", together with the columns by which rows are divided" : "")
        }
    }
}

extension KeyWay {
    /// What to do, up to a semicolon.
    fileprivate var sentence: String {
        switch self {
        case .statement(let statement): "add a primary key, for example: \(statement)"
        case .notDeferrable: "make the primary key one that is not deferrable;"
        case .partitioned(let root):
            "add a bigserial column to \(SQLText.quoted(root)), and a PRIMARY KEY of the columns that it is partitioned by and the new one: "
                + "PostgreSQL takes no primary key without the former, and before 17 no identity column there; roles that "
                + "insert rows need USAGE on the sequence;"
        case .chunks: "add a primary key that includes the columns by which rows are divided into chunks;"
        case .distributed: "add a primary key that includes the distribution column;"
        case .inherited(let parent):
            "add a primary key, for example: ALTER TABLE \(SQLText.quoted(parent)) ADD COLUMN lobscope_id bigserial PRIMARY KEY; (the tables that "
                + "inherit from it get the column too, without the key, and roles that insert rows need USAGE on its sequence);"
        }
    }
}
