import LOBAdvice

/// Where the numbers come from: server, role, time, seed, policy.
enum MethodLines {
    /// What is recorded of the run.
    static func lines(_ report: Report) -> [(topic: String, text: String)] {
        let profile = report.profile
        let sample = profile.options.sample
        let policy = profile.policy
        return [
            ("lobscope", profile.lobscopeVersion),
            ("Database", profile.database.losslessText),
            ("Server", "\(ServerText.name(profile.server)), encoding \(profile.server.encoding)"),
            ("System identifier", profile.server.systemIdentifier ?? "not readable by the role"),
            ("Role", profile.server.role.losslessText),
            ("Measured", "\(TimeText.words(profile.startedAt)) to \(TimeText.words(profile.finishedAt))"),
            ("Method", profile.options.method.rawValue),
            ("Sample", "\(sample.method.rawValue), \(percent(sample.percent)), seed \(sample.seed)"),
            ("Time budget", profile.options.timeBudget.map(TimeText.duration) ?? "none"),
            ("WAL written", ImpactText.wal(profile)),
            ("Pauses", ImpactText.pauses(profile)),
            ("Accepted risk", NumberText.percent(policy.risk)),
            ("Headroom", NumberText.percent(policy.headroom)),
            ("Growth", policy.growth.map { "\($0.text) until the cut-over" } ?? "none: rows present only"),
            ("Sizing", sizing(policy.sizing)),
            ("Strategy", policy.strategy.rawValue),
            ("Migration type", policy.migrationType.rawValue),
            ("Truncation accepted", accepted(policy.inForce(at: profile.startedAt))),
        ] + (ImpactText.snapshot(profile).map { [("Snapshot", $0)] } ?? [])
            + policy.tables.map { ("Policy", PolicyText.line($0)) } + [
                ("Snapshot SHA-256", report.snapshotDigest ?? "no snapshot")
            ]
    }

    /// What left the server.
    static func whatWasRead(_ options: PlanOptions) -> PageText {
        let sizes: PageText = """
            Only sizes were read, never contents: as the length in the header of a value where it is there, else as \
            the length of the value's text.
            """
        guard let names = options.jsonKeys else { return sizes }
        let keys = names == .hashed ? "hashes of the heaviest top-level keys" : "the heaviest top-level keys"
        return "\(sizes) Of the largest json and jsonb values \(keys) were read too."
    }

    /// What each coverage that occurs means, and how to be surer.
    static func coverages(_ report: Report) -> [String] {
        let known = Set(report.recommendation.tables.flatMap(\.columns).map(\.estimate.coverage))
        return Coverage.allCases.filter(known.contains).map { "\($0.rawValue): \($0.meaning). \(advice($0))" }
    }

    private static func advice(_ coverage: Coverage) -> String {
        switch coverage {
        case .exact: "The risk is 0 for the rows present; rows that arrive later may be larger."
        case .forecast:
            "Every row present fits for certain; what is to come is estimated, so profile again nearer to the cut-over."
        case .bounded: "Nothing is assumed about the values."
        case .undated:
            "A row that moved while an older version of lobscope read it may be missing, so risks are not known; profile again."
        case .sampled:
            "The largest size is a lower bound and the limit about right, often several times too large; --method full removes the doubt."
        case .refused:
            "No limit is given, rather than a wrong one; each column says what would be enough."
        case .skipped: "The reason and the remedy are listed under what was not measured."
        }
    }

    private static func percent(_ percent: Double) -> String {
        NumberText.percent(percent / 100)
    }

    private static func sizing(_ sizing: Sizing) -> String {
        switch sizing {
        case .aws: "aws (NCLOB and CLOB: the larger of UTF-8 bytes + 1 and 2 x octets; BLOB: octets)"
        case .octets: "octets (NCLOB and CLOB: UTF-8 bytes + 1; BLOB: octets)"
        case .x3: "x3 (3 x octets)"
        }
    }

    private static func accepted(_ policy: Policy) -> String {
        let decided = policy.tables.filter { $0.truncation != nil }
        let names = { (isOK: Bool) in
            decided.filter { $0.truncation?.isOK == isOK }.map { entry in
                entry.tables.map(\.source.losslessText).joined(separator: ", ")
                    + (entry.truncation?.text ?? "")
            }
        }
        let accepted = policy.truncationOK.map(\.source.losslessText) + names(true)
        guard !accepted.isEmpty else { return "for no table" }
        let refused = names(false)
        return accepted.joined(separator: "; ")
            + (refused.isEmpty ? "" : "; not for \(refused.joined(separator: "; "))")
    }
}
