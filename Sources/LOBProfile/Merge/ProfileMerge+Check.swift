extension ProfileMerge {
    /// Checks that two profiles are parts of one whole, and were measured for the same purpose.
    func check(_ left: Profile, _ right: Profile) throws(MergeError) {
        let shared = Set(left.tables.map(\.relation.name)).intersection(right.tables.map(\.relation.name))
        for mine in left.sources ?? [] {
            for other in right.sources ?? [] { try check(mine, other, sharing: shared.min()) }
        }
        let name = right.database.losslessText
        try same("encoding", left.server.encoding, right.server.encoding, of: name)
        try same("block size", "\(left.server.blockSize)", "\(right.server.blockSize)", of: name)
        guard left.policy == right.policy else {
            throw MergeError(
                name, .differs(what: "a policy", one: "of its own", other: "that asks for something else"))
        }
    }

    private func check(
        _ left: ProfileSource, _ right: ProfileSource, sharing table: RelationName?
    ) throws(MergeError) {
        let name = left.database.losslessText
        if left.digest == right.digest { throw MergeError(name, .sameSnapshot) }
        guard let table, left.mayBeSameDatabase(as: right, isUnknownDistinct: isUnknownDistinct) else {
            return
        }
        let isKnown = left.systemIdentifier != nil && right.systemIdentifier != nil
        throw MergeError(
            name,
            isKnown
                ? .alternatives(table: table.losslessText) : .perhapsAlternatives(table: table.losslessText))
    }

    private func same(_ what: String, _ one: String, _ other: String, of name: String) throws(MergeError) {
        guard one != other else { return }
        throw MergeError(name, .differs(what: what, one: one, other: other))
    }
}
