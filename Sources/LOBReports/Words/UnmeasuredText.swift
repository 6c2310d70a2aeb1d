import LOBAdvice

/// What is said above the list of what was not measured, or instead of it.
enum UnmeasuredText {
    /// Above the list.
    static let known =
        "These were not measured: their sizes are not known, which does not mean that they are empty."

    /// Where there is nothing to list.
    static func nothing(_ profile: Profile) -> String {
        if let emptiness = ScopeText.emptiness(profile) {
            return "Nothing was measured: \(emptiness.message)."
        }
        return "Nothing\(profile.leftOut.isEmpty ? "" : " that was planned"): the profile is complete."
    }

    /// How many tables and other things are in the list, such as `2 tables`.
    static func count(_ profile: Profile) -> String {
        let tables = Set(profile.unmeasured.compactMap(\.relation)).count
        let others = profile.unmeasured.contains { $0.relation == nil }
        return [tables == 0 ? nil : NumberText.counted(tables, "table"), others ? "large objects" : nil]
            .compactMap(\.self).joined(separator: " and ")
    }
}
