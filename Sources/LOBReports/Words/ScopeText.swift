public import LOBAdvice

/// The scope of a profile in words, and what is said where it holds nothing.
public enum ScopeText {
    /// The options that made the scope.
    static func options(_ scope: Scope) -> String {
        let options = [
            ("--schema", scope.schemas), ("--table", scope.tables), ("--exclude-table", scope.excludedTables),
        ]
        let texts = options.flatMap { name, patterns in
            patterns.map { "\(name) \(VisibleText.escape($0.source))" }
        }
        return texts.isEmpty ? "the whole database" : texts.joined(separator: " ")
    }

    /// Instead of a LOB table without a row.
    static func withoutLOBs(_ profile: Profile) -> String {
        emptiness(profile).map { "There is nothing to list: \($0.message)." }
            ?? "No table in scope has a LOB column."
    }

    /// That nothing is in scope, and what to do about it; nil where a table or a large object is.
    public static func emptiness(_ profile: Profile) -> (message: String, hint: String)? {
        profile.isEmpty ? emptiness(of: profile.database, profile.scope) : nil
    }

    /// What is said of a scope without a table.
    static func emptiness(of database: Identifier, _ scope: Scope?) -> (message: String, hint: String) {
        let database = VisibleText.escape(database)
        let isMeant = "is \"\(database)\" the database that you meant? psql -l lists those of the server"
        guard let scope, !scope.isWholeDatabase else {
            return ("database \"\(database)\" has no table", isMeant)
        }
        return (
            "no table of database \"\(database)\" is in scope: \(options(scope))",
            "widen the scope; or \(isMeant)"
        )
    }
}
