/// Rule ids that stay the same when other tables come and go.
///
/// Ids that count from 1 shift with every new table, so that a diff of two mappings, and every tool that
/// keeps a rule by its id, shows changes where there are none.
enum RuleID {
    /// The smallest and the largest id: nine digits fit every 32-bit reader.
    static let range = 100_000_000...999_999_999

    /// The id of a rule when nothing else wants it.
    ///
    /// Parts are divided by NUL, which no PostgreSQL name can hold.
    static func wanted(kind: MappingRule.RuleType, table: RelationName) -> Int {
        let key = Array(kind.rawValue.utf8) + [0] + table.schema.bytes + [0] + table.name.bytes
        return range.lowerBound + Int(fnv1a(key) % UInt64(range.count))
    }

    /// The first free id from the wanted one on; the caller asks in sorted order of the rules.
    static func free(from wanted: Int, taken: inout Set<Int>) -> Int {
        var id = wanted
        while !taken.insert(id).inserted { id = id == range.upperBound ? range.lowerBound : id + 1 }
        return id
    }

    /// FNV-1a with 64 bits (Fowler, Noll, Vo).
    ///
    /// Swift's `Hasher` is seeded anew in every process, so it cannot give stable ids; nothing here needs
    /// a cryptographic hash, and this one is eight lines that never change.
    static func fnv1a(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
