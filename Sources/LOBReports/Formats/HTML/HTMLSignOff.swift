/// Lines to sign.
enum HTMLSignOff {
    /// The section.
    static let section = HTMLMarkup.section(
        "sign-off", "Sign-off",
        HTMLMarkup.table(
            "To be filled in on paper or in the change ticket",
            [("Role", false), ("Name", false), ("Date", false), ("Decision", false)],
            ["Database owner", "Migration engineer", "Approver"].map { [$0, "", "", ""] }))
}
