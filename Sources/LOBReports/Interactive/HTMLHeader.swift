import LOBAdvice

/// The title of report.html, with a line on where the numbers come from.
enum HTMLHeader {
    /// The header.
    static func section(_ report: Report) -> String {
        let profile = report.profile
        let state =
            ScopeText.emptiness(profile)?.message
            ?? (profile.isComplete ? "complete" : "partial: something planned was not measured")
        let origin = [
            ServerText.name(profile.server), "measured \(TimeText.words(profile.startedAt))",
            "as \(profile.server.role.losslessText)", state,
        ]
        return """
            <header>
            <h1>LOB report for <code>\(HTMLText.escape(profile.database.losslessText))</code></h1>
            <p class="muted">\(HTMLText.escape(origin.joined(separator: ", ")))</p>
            </header>
            """
    }
}
