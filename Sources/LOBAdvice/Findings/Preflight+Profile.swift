extension Preflight {
    /// Everything that a profile and its recommendation ask to be said.
    ///
    /// - Parameters:
    ///   - profile: what was measured.
    ///   - tables: the recommendation for the same profile.
    ///   - policy: the policy of the recommendation.
    ///   - slots: those of the tasks that are written; nil for each task that makes one of its own.
    ///   - reviewed: tables about which a ``Review`` has said what is to be said of keys, columns and sizes.
    static func findings(
        in profile: Profile, policy: Policy, recommending tables: [TableRecommendation],
        slots: [Identifier?], reviewed: Set<RelationName>
    ) -> [Finding] {
        let byName = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
        let subjects = profile.tables.map { table in
            let recommended = byName[table.relation.logicalName]
            return Subject(
                relation: table.relation, mode: recommended?.mode ?? .none,
                limit: recommended?.mode == .limited ? recommended?.bulkMaxSize : nil,
                largest: table.largestSizes,
                unmeasured: Set(
                    table.columns.filter(\.isWithoutSizes).map(\.column.number)),
                utf8BytesPerByte: profile.server.utf8BytesPerByte)
        }
        let seen =
            findings(for: subjects.filter { !reviewed.contains($0.relation.name) }, policy: policy)
            + DatabasePreflight(
                relations: subjects.map(\.relation), largeObjects: profile.largeObjects,
                publications: profile.server.publications
            ).findings
        return sorted(
            seen + SpikePreflight(profile: profile).findings
                + TypePreflight(profile: profile).findings
                + SourcePreflight(profile: profile, policy: policy, slots: slots).findings
                + TablePreflight(relations: profile.tables.map(\.relation), policy: policy).findings
                + PolicyPreflight(policy: policy, profile: profile).findings
                + unique(SurveyPreflight(profile: profile).findings))
    }
}

extension TableProfile {
    /// The largest sizes observed, by attribute number; columns without a measured value are absent.
    var largestSizes: [Int16: ByteCount] {
        let known = columns.compactMap { profile in
            profile.measurement?.largestSize.map { (profile.column.number, $0) }
        }
        return Dictionary(known) { max($0, $1) }
    }
}
