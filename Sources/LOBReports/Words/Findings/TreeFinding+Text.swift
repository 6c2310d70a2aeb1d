import LOBAdvice

extension TreeFinding {
    /// - Parameter name: of the parent.
    func text(of name: String) -> FindingText {
        switch self {
        case .parent(let parent): parent.text
        case .selectedParent(let first, let tables):
            .init(
                "\"\(name)\" is selected, and so are \(tables) tables that inherit from it, such as "
                    + "\"\(first.losslessText)\": a full load reads their rows under both names, and they arrive twice",
                remedy: "leave out \"\(name)\"")
        case .hypertables(let names, let capturesChanges):
            .init(
                "\(FindingText.list(names)): hypertables of TimescaleDB, whose rows are in chunks. Each was measured "
                    + "under its own name with all chunks, compressed ones too, as a full load reads it; the schemas "
                    + "_timescaledb_* are left out. "
                    + (capturesChanges
                        ? "Changes are written under the names of chunks, so a task that captures changes sees none of them"
                        : "Chunks must not be selected beside them: their rows would arrive twice"),
                remedy: capturesChanges
                    ? "load the hypertables in full while nobody writes to them, or move them with pg_dump; make continuous "
                        + "aggregates, compression and policies on the target anew"
                    : "make hypertables, continuous aggregates, compression and policies on the target")
        }
    }
}

extension TreeFinding.InheritanceParent {
    fileprivate var text: FindingText {
        let parent = name.losslessText
        var message =
            "\"\(parent)\" is inherited by \(FindingText.list(descendants)), and a full load reads their rows under its name too: they "
            + "arrive twice if both are selected, so the rules leave \"\(parent)\" out and select those"
        var remedy = "in a mapping of your own leave out \(SQLText.quoted(name))"
        switch ownRows {
        case .none: message += "; it has no row of its own"
        case .some(let rows): message += "; \(rows) rows of its own are in no rule"
        case .notKnown: message += "; rows of its own, if there are any, are in no rule"
        }
        if ownRows != .none { remedy += "; " + copying }
        if !lost.isEmpty { message += "; no rule selects \(FindingText.list(lost)) either" }
        return .init(message, remedy: remedy)
    }

    /// Its own rows in a table of their own, which a task can select.
    private var copying: String {
        let (parent, own) = (SQLText.quoted(name), SQLText.quoted(copy.name))
        let table =
            "migrate its own rows in a table of their own: CREATE TABLE \(own) (LIKE \(parent) INCLUDING ALL); "
        guard let names = copy.columns else {
            return table
                + "copy the rows into it from ONLY \(parent), and on the target from it into \(parent), each with an "
                + "INSERT that names all columns but the generated ones, with OVERRIDING SYSTEM VALUE where one is an identity"
        }
        let columns = names.map { SQLText.quoted($0) }.joined(separator: ", ")
        func insert(into target: String, from source: String) -> String {
            "INSERT INTO \(target) (\(columns)) OVERRIDING SYSTEM VALUE SELECT \(columns) FROM \(source);"
        }
        return table + insert(into: own, from: "ONLY \(parent)") + " and on the target: "
            + insert(into: parent, from: own)
    }
}
