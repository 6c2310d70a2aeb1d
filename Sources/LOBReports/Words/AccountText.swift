import LOBAdvice

/// What became of every column, in words.
enum AccountText {
    /// `2,310 columns: 403 measured, 1,907 harmless, 0 unexplained`.
    static func line(_ profile: Profile) -> String {
        guard !profile.tables.isEmpty else { return "none: no table is in scope" }
        guard let account = Account(profile) else { return "not counted by the version that measured" }
        let part =
            account.measuredInPart == 0 ? "" : " (\(NumberText.grouped(account.measuredInPart)) in part)"
        let missing =
            account.notMeasured.isEmpty
            ? "" : "\(NumberText.grouped(account.notMeasured.count)) not measured, "
        return "\(NumberText.counted(account.columns, "column")): "
            + "\(NumberText.grouped(account.measured)) measured\(part), "
            + "\(NumberText.grouped(account.harmless)) harmless, \(missing)"
            + "\(NumberText.grouped(account.unexplained)) unexplained"
    }
}
