/// What the source endpoint does where a value is larger than its limit (`FailTasksOnLobTruncation`).
struct EndpointReview {
    let task: DeployedTask
    /// The tables of the task, with the modes that it gives them.
    let tables: [TableRecommendation]

    private var limited: [TableRecommendation] { tables.filter { $0.mode == .limited } }

    var findings: [Finding] {
        guard let endpoint = task.endpoint else { return [] }
        let mustNotBeCut = limited.contains { !$0.isTruncationOK }
        guard endpoint.failsTasksOnLOBTruncation else { return mustNotBeCut ? goesOn : [] }
        return (limited.contains(where: \.isTruncationOK) ? stopsTask : []) + (mustNotBeCut ? canary : [])
    }

    /// How to see what no document says for certain: which limit the switch looks at, and in what sizes are counted.
    private var canary: [Finding] {
        // The recipe needs a rule of four times the limit.
        guard let settings = task.settings, settings.isModeKnown, settings.isLimited,
            let limit = settings.lobMaxSize.value, limit.count > 0,
            4 * limit.count <= Kibibytes.limitedModeCeiling.count
        else { return [] }
        return [FindingID.canary.finding(.info, subject, .endpoint(.canary(limit)), .source)]
    }

    private var subject: String { task.name.map { "source endpoint of task \($0)" } ?? "source endpoint" }

    private var stopsTask: [Finding] {
        [FindingID.truncationStopsTask.finding(.warning, "source endpoint", .endpoint(.stopsTask), .source)]
    }

    private var goesOn: [Finding] {
        let count = limited.count { !$0.isTruncationOK }
        return [
            LintID.truncationGoesOn.finding(.warning, subject, .endpoint(.goesOn(tables: count)), .source)
        ]
    }
}
