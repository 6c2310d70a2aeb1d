/// Divides the tables of a task where their mapping would be larger than AWS takes.
package enum MappingSplit {
    /// The tables in parts whose mappings fit a number of bytes each, in the order of names; the leaves of a table
    /// stay together where they fit at all.
    package static func parts(
        of tables: [MappingTable], roots: [RelationName: RelationName],
        limit: Int = MappingDocument.largestDocument
    ) -> [[MappingTable]] {
        guard MappingDocument(tables: tables).json.compactBytes.count > limit else { return [tables] }
        let empty = MappingDocument(rules: []).json.compactBytes.count
        var parts: [[MappingTable]] = [[]]
        var size = empty
        for group in families(tables, roots) {
            let added = weight(of: group, empty)
            if size + added > limit, parts.last?.isEmpty == false {
                parts.append([])
                size = empty
            }
            for table in group {
                let own = weight(of: [table], empty)
                if size + own > limit, parts.last?.isEmpty == false {
                    parts.append([])
                    size = empty
                }
                parts[parts.count - 1].append(table)
                size += own
            }
        }
        return parts
    }

    /// Tables by their root, in the order of names.
    private static func families(
        _ tables: [MappingTable], _ roots: [RelationName: RelationName]
    ) -> [[MappingTable]] {
        Dictionary(grouping: tables) { roots[$0.name] ?? $0.name }.sorted { $0.key < $1.key }.map {
            $0.value.sorted { $0.name < $1.name }
        }
    }

    /// Bytes that tables add: their rules with a comma each.
    private static func weight(of tables: [MappingTable], _ empty: Int) -> Int {
        let document = MappingDocument(tables: tables)
        return document.json.compactBytes.count - empty + 2
    }
}
