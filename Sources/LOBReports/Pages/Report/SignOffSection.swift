/// Lines to sign, on paper or in the change ticket.
enum SignOffSection {
    /// The section.
    static let section = PageSection(
        id: "sign-off", title: "Sign-off", importance: .signOff,
        blocks: [
            .table(
                PageTable(
                    "To be filled in on paper or in the change ticket",
                    ["Database owner", "Migration engineer", "Approver"],
                    [
                        .init("Role") { PageText($0) }, .init("Name") { _ in "" }, .init("Date") { _ in "" },
                        .init("Decision") { _ in "" },
                    ]))
        ])
}
