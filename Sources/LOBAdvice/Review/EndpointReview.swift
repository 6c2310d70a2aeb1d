/// What the source endpoint does where a value is larger than its limit (`FailTasksOnLobTruncation`).
struct EndpointReview {
    let task: DeployedTask
    /// The tables of the task, with the modes that it gives them.
    let tables: [TableRecommendation]

    private var limited: [TableRecommendation] { tables.filter { $0.mode == .limited } }

    var findings: [Finding] {
        let mustNotBeCut = limited.contains { !$0.isTruncationOK }
        guard mustNotBeCut else { return [] }
        guard task.endpoint?.failsTasksOnLOBTruncation ?? true else { return goesOn }
        return limited.contains(where: \.isTruncationOK) ? stopsTask : []
    }

    private var stopsTask: [Finding] {
        [
            FindingID.truncationStopsTask.finding(
                .warning, "source endpoint",
                "FailTasksOnLobTruncation holds for every table of the endpoint: a cut in a table where truncation is "
                    + "accepted stops the task too",
                remedy:
                    "put the tables where truncation is accepted into a task with a source endpoint of its own",
                reference: GuidePage.source)
        ]
    }

    private var goesOn: [Finding] {
        let count = limited.count { !$0.isTruncationOK }
        return [
            LintID.truncationGoesOn.finding(
                .warning, task.name.map { "source endpoint of task \($0)" } ?? "source endpoint",
                "FailTasksOnLobTruncation is not true, and \(count == 1 ? "1 table is" : "\(count) tables are") limited whose "
                    + "values must not be cut: a larger value would be cut, and the task would go on",
                remedy: "set FailTasksOnLobTruncation to true in the settings of the source endpoint",
                reference: GuidePage.source)
        ]
    }
}
