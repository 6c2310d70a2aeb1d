@testable import LOBSurvey

/// What a statement names of the server.
///
/// It is read roughly, as lobscope writes its statements: names of PostgreSQL qualified and in small letters, words of SQL in
/// capitals.
struct NamedObjects {
    private(set) var names: [OldServer.Kind: Set<String>] = [:]
    /// The catalogs that an alias stands for somewhere in the statement.
    private var aliases: [String: Set<String>] = [:]
    /// Aliases that stand for something else somewhere: a subquery, a function, a WITH query.
    private var others: Set<String> = []
    private var columns: Set<[String]> = []
    private var words: Set<String> = []

    /// Settings that a server is asked for before they are set.
    private static let optionalSettings = Set(Preamble.OptionalSetting.allCases.map(\.rawValue))

    /// Word boundaries are simple ones: by Unicode's rules a point between letters is none.
    init(_ statement: String) {
        for match in statement.matches(of: /(::)?pg_catalog\.([a-z_0-9]+)(\(?)/) {
            let kind: OldServer.Kind =
                match.output.3.isEmpty ? (match.output.1 == nil ? .relation : .type) : .function
            names[kind, default: []].insert(String(match.output.2))
        }
        for match in statement.matches(of: /(?:set_config|current_setting)\('([A-Za-z_]+)'/) {
            names[.setting, default: []].insert(match.output.1.lowercased())
        }
        for match in statement.matches(
            of: /pg_catalog\.(pg_[a-z_]+)\s+(?:AS\s+)?([a-z][a-z0-9]*)\b/.wordBoundaryKind(.simple))
        {
            aliases[String(match.output.2), default: []].insert(String(match.output.1))
        }
        for match in statement.matches(of: /\)\s+(?:AS\s+)?([a-z][a-z0-9]*)\b/.wordBoundaryKind(.simple)) {
            others.insert(String(match.output.1))
        }
        for match in statement.matches(
            of: /(?:FROM|JOIN)\s+[a-z_]+\s+([a-z][a-z0-9]*)\b/.wordBoundaryKind(.simple))
        {
            others.insert(String(match.output.1))
        }
        for match in statement.matches(of: /\b([a-z][a-z0-9]*)\.([a-z_0-9]+)\b/.wordBoundaryKind(.simple)) {
            columns.insert([String(match.output.1), String(match.output.2)])
        }
        for match in statement.matches(of: /\b[a-z_]+\b/.wordBoundaryKind(.simple)) {
            words.insert(String(match.output))
        }
    }

    /// What a server lacks, and what the table of ``OldServer`` does not know at all.
    func problems(on server: OldServer) -> [String] {
        (OldServer.Kind.allCases.flatMap { unknown($0, on: server) } + columnProblems(on: server)).sorted()
    }

    private func unknown(_ kind: OldServer.Kind, on server: OldServer) -> [String] {
        (names[kind] ?? []).compactMap { name in
            if kind == .setting, Self.optionalSettings.contains(name) { return nil }
            guard let entry = OldServer.names[kind]?[name] else {
                return "\(kind) \(name) is not in the table"
            }
            return entry.versions.contains(server.major) ? nil : "\(kind) \(name)"
        }
    }

    private func columnProblems(on server: OldServer) -> [String] {
        let changed = OldServer.changingColumns.filter {
            words.contains($0.name) && !$0.versions.contains(server.major)
        }
        let unknown = columns.compactMap { column -> String? in
            guard let catalogs = aliases[column[0]], !others.contains(column[0]) else { return nil }
            let isKnown = catalogs.contains { OldServer.columnsByRelation[$0]?[column[1]] != nil }
            return isKnown ? nil : "column \(column[1]) of \(catalogs.sorted()) is not in the table"
        }
        return changed.map { "column \($0.name)" } + unknown
    }
}
