extension PatchWish {
    /// The tables of a profile that deployed tasks limit, in the order of names.
    ///
    /// How DMS counts is the profile's sizing policy, so a value that is listed may turn out to fit, and none that
    /// does not fit is left out.
    public static func wishes(for tasks: [DeployedTask], in profile: Profile) -> [PatchWish] {
        let profile = profile.carriedBySlots
        let limits = tasks.map { task -> [RelationName: Kibibytes] in
            let model = TaskModel(task, target: profile.deployment?.target ?? .postgres)
            let selected = profile.tables.map(\.relation.name).filter(model.selects)
            let limited = selected.compactMap { name in model.lobs(of: name).limit.map { (name, $0) } }
            return Dictionary(limited) { first, _ in first }
        }
        return profile.tables.compactMap { table in
            guard table.relation.kind.isMigratable,
                let limit = limits.compactMap({ $0[table.relation.name] }).min()
            else { return nil }
            let columns = table.relation.lobColumns.filter { !$0.isGenerated }.map { column in
                LimitedColumn(
                    column: column,
                    largestFitting: profile.policy.sizing.largestSize(
                        fitting: limit.bytes, lobClass: column.lobClass,
                        utf8BytesPerByte: profile.server.utf8BytesPerByte))
            }
            return columns.isEmpty
                ? nil : PatchWish(name: table.relation.name, limit: limit, columns: columns)
        }
    }
}
