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
        let (kilobytes, rule) = (limit.count, 4 * limit.count)
        return [
            FindingID.canary.finding(
                .info, task.name.map { "source endpoint of task \($0)" } ?? "source endpoint",
                "FailTasksOnLobTruncation looks at LobMaxSize, \(kilobytes) KB, by the guide; whether it also looks at the rule of a "
                    + "table, and whether sizes are counted in UTF-16, is documented nowhere",
                remedy:
                    "try it in a test task with these settings: CREATE TABLE lobscope_canary (id int PRIMARY KEY, body text); "
                    + "with a rule limited to \(rule) KB; INSERT INTO lobscope_canary VALUES (1, repeat('x', \(1024 * kilobytes + 1))); "
                    + "stops the task where LobMaxSize counts, and arrives whole where the rule does; then (2, repeat('x', "
                    + "\(512 * rule + 1))) stops it only where sizes are counted in UTF-16; (3, repeat('x', \(1024 * rule + 1))) must stop "
                    + "it; under an unlimited rule all must arrive whole",
                reference: GuidePage.source)
        ]
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
                    + "values must not be cut: a larger value would be cut, and the task would continue",
                remedy: "set FailTasksOnLobTruncation to true in the settings of the source endpoint",
                reference: GuidePage.source)
        ]
    }
}
