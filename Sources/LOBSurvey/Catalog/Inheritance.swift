import LOBProfile
import PostgreSQLClient

/// Which tables are partitions of others or inherit from them, as `pg_inherits` says.
///
/// Tables of any schema count, those that are out of scope too: a `SELECT` without `ONLY` reads their rows all the same.
struct Inheritance {
    private var parents: [UInt32: [UInt32]] = [:]
    private var children: [UInt32: [UInt32]] = [:]
    private var partitions: Set<UInt32> = []
    private var names: [UInt32: RelationName] = [:]
    private var components: [UInt32: UInt32] = [:]

    /// Adds a row of ``CatalogSQL/inheritance``.
    mutating func add(_ row: borrowing Row) throws(PostgreSQLError) {
        let (child, parent) = (try row.uint32(0), try row.uint32(1))
        parents[child, default: []].append(parent)
        children[parent, default: []].append(child)
        if try row.bool(2) { partitions.insert(child) }
        names[child] = RelationName(
            schema: Identifier(bytes: try row.bytes(3)), name: Identifier(bytes: try row.bytes(4)))
        names[parent] = RelationName(
            schema: Identifier(bytes: try row.bytes(5)), name: Identifier(bytes: try row.bytes(6)))
    }

    /// The topmost partitioned table of a partition; nil for any other table.
    func root(of relation: UInt32) -> RelationName? {
        partitions.contains(relation) ? names[top(of: relation)] : nil
    }

    /// The tables that a read of a table without `ONLY` reads too, in the order of names; empty for most.
    func descendants(of relation: UInt32) -> [RelationName] {
        descendantOIDs(of: relation).compactMap { names[$0] }.sorted()
    }

    /// The same by OID, in no order.
    func descendantOIDs(of relation: UInt32) -> [UInt32] {
        reached(from: relation) { children[$0] ?? [] }
    }

    /// What all tables that are connected with each other have in common: the OID of the topmost partitioned table, or the
    /// smallest OID among those that inherit from one another; nil for a table by itself.
    mutating func tree(of relation: UInt32) -> UInt32? {
        if partitions.contains(relation) { return top(of: relation) }
        guard parents[relation] != nil || children[relation] != nil else { return nil }
        if let known = components[relation] { return known }
        let connected = reached(from: relation) { (children[$0] ?? []) + (parents[$0] ?? []) } + [relation]
        let smallest = connected.min()
        for member in connected { components[member] = smallest }
        return smallest
    }

    private func top(of partition: UInt32) -> UInt32 {
        var top = partition
        // A partition has one parent.
        while partitions.contains(top), let parent = parents[top]?.first { top = parent }
        return top
    }

    /// What is found from a table step by step, itself left out.
    private func reached(from start: UInt32, _ next: (UInt32) -> [UInt32]) -> [UInt32] {
        var (found, open): (Set<UInt32>, [UInt32]) = ([start], [start])
        while let relation = open.popLast() {
            for other in next(relation) where found.insert(other).inserted { open.append(other) }
        }
        found.remove(start)
        return Array(found)
    }
}
