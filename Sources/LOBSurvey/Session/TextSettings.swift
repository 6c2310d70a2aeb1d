import LOBProfile
import PostgreSQLClient

/// What decides how values look as text: pinned in each transaction, and what a session would have by itself.
struct TextSettings: Sendable {
    /// What a new session of the database and the role has; without what our own environment set.
    private var own: [TextSetting: String] = [:]

    /// The `set_config` calls of a transaction.
    ///
    /// - Parameter isForLiterals: whether texts are written down, to be read by another server: then times are in UTC.
    static func assignments(isForLiterals: Bool) -> [SQL] {
        TextSetting.allCases.compactMap { setting in
            guard let pinned = setting.pinned else { return nil }
            let value: StaticString = isForLiterals && setting == .timeZone ? "UTC" : pinned
            return assignment(setting.name, value)
        }
    }

    /// Dollar quotes, because a value may hold a quote.
    private static func assignment(_ name: StaticString, _ value: StaticString) -> SQL {
        "pg_catalog.set_config('\(SQL(stringLiteral: name))', $v$\(SQL(stringLiteral: value))$v$, true)"
    }

    /// Adds a setting's name, value and source, as they were before it was pinned.
    ///
    /// What came with our own connection (PGTZ, PGDATESTYLE, PGOPTIONS) says nothing of other sessions.
    mutating func add(_ row: borrowing Row) throws(PostgreSQLError) {
        let name = try row.text(0)
        guard try row.text(2) != "client",
            let setting = TextSetting.allCases.first(where: {
                $0.name.description.utf8.elementsEqual(name.utf8)
            })
        else { return }
        own[setting] = try row.optionalText(1) ?? ""
    }

    /// The entries of the certificate, in the order of names.
    ///
    /// - Parameter columns: how many measured columns depend on each.
    func pinned(_ columns: [TextSetting: Int]) -> [PinnedSetting] {
        TextSetting.allCases.map { setting in
            let value = setting.pinned?.description ?? own[setting] ?? "unknown"
            return PinnedSetting(
                name: setting.name.description, value: value, sessionDefault: own[setting],
                columns: columns[setting] ?? 0)
        }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}
