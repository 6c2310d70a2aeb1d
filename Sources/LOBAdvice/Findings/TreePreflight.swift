/// Tables whose rows a full load reads under another name too: inheritance parents and hypertables.
struct TreePreflight {
    let profile: Profile
    let policy: Policy
    /// The tables that a task selects: of a parent among them ``ScopeReview`` tells.
    var selected: Set<RelationName> = []

    var findings: [Finding] {
        let parents = profile.tables.filter {
            $0.relation.isInheritanceParent && !selected.contains($0.relation.name)
        }
        return (policy.migrationType.includesFullLoad ? parents.map(parent) : []) + timescaleDB
    }

    /// Rows of the table itself, without those that are inherited.
    private enum OwnRows {
        case none, some(String), unknown
    }

    private func ownRows(of table: TableProfile) -> OwnRows {
        if table.relation.blocks == 0 || table.rowFigure == .zero { return .none }
        return table.rowFigure.exactValue.map { .some("\($0)") } ?? .unknown
    }

    private func parent(_ table: TableProfile) -> Finding {
        let (name, quoted) = (table.relation.name.losslessText, SQLText.quoted(table.relation.name))
        let descendants = table.relation.descendants ?? []
        let selected = Set(
            profile.tables.map(\.relation).filter { $0.kind.isMigratable }.map(\.name))
        let lost = descendants.filter { !selected.contains($0) }
        let own = ownRows(of: table)
        var message =
            "\"\(name)\" is inherited by \(list(descendants)), and a full load reads their rows under its name too: they "
            + "arrive twice if both are selected, so the rules leave \"\(name)\" out and select those"
        var remedy = "in a mapping of your own leave out \(quoted)"
        switch own {
        case .none: message += "; it has no row of its own"
        case .some(let rows):
            message += "; \(rows) rows of its own are in no rule"
            remedy += "; " + copying(table.relation)
        case .unknown:
            message += "; rows of its own, if there are any, are in no rule"
            remedy += "; " + copying(table.relation)
        }
        if !lost.isEmpty { message += "; no rule selects \(list(lost)) either" }
        let isHarmless = if case .none = own { lost.isEmpty } else { false }
        return FindingID.inheritanceParent.finding(
            isHarmless ? .warning : .error, name, message, remedy: remedy, reference: GuidePage.source)
    }

    /// Its own rows in a table of their own, which a task can select.
    private func copying(_ relation: Relation) -> String {
        // A name has up to 63 bytes, and must not be cut within a character.
        let name = relation.name.name.bytes + Array("_own".utf8)
        let copy = RelationName(
            schema: relation.name.schema,
            name: name.count <= 63 ? Identifier(bytes: name) : Identifier("own_rows_of_\(relation.oid)"))
        let (parent, own) = (SQLText.quoted(relation.name), SQLText.quoted(copy))
        let table =
            "migrate its own rows in a table of their own: CREATE TABLE \(own) (LIKE \(parent) INCLUDING ALL); "
        guard let names = insertable(relation) else {
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

    /// The columns that take a value, in the order of names; nil where not all are known, or SQL text cannot spell one.
    private func insertable(_ relation: Relation) -> [Identifier]? {
        guard let names = relation.columnNames(and: []), let generated = relation.generatedColumns else {
            return nil
        }
        let computed = Set(generated + relation.columns.filter(\.isGenerated).map(\.name))
            .union(relation.census?.virtual ?? [])
        let left = names.subtracting(computed).sorted()
        return left.isEmpty || left.contains { $0.text == nil } ? nil : left
    }

    /// Said once: of a database with TimescaleDB all hypertables share it.
    private var timescaleDB: [Finding] {
        let hypertables = profile.tables.map(\.relation).filter { $0.isReadWithDescendants == true }
        guard !hypertables.isEmpty else { return [] }
        let capturesChanges = policy.migrationType.includesCDC
        return [
            FindingID.timescaleDB.finding(
                capturesChanges ? .error : .info, "timescaledb",
                "\(list(hypertables.map(\.name))): hypertables of TimescaleDB, whose rows are in chunks. Each was measured "
                    + "under its own name with all chunks, compressed ones too, as a full load reads it; the schemas "
                    + "_timescaledb_* are left out. "
                    + (capturesChanges
                        ? "Changes are written under the names of chunks, so a task that captures changes sees none of them"
                        : "Chunks must not be selected beside them: their rows would arrive twice"),
                remedy: capturesChanges
                    ? "load the hypertables in full while nobody writes to them, or move them with pg_dump; make continuous "
                        + "aggregates, compression and policies on the target anew"
                    : "make hypertables, continuous aggregates, compression and policies on the target")
        ]
    }

    private func list(_ names: [RelationName]) -> String {
        let shown = names.prefix(5).map { "\"\($0.losslessText)\"" }.joined(separator: ", ")
        return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
    }
}
