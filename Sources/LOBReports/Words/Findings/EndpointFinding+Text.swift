import LOBAdvice

extension EndpointFinding {
    /// What `FailTasksOnLobTruncation` does, and what to do about it.
    var text: FindingText {
        switch self {
        case .canary(let limit): Self.canary(limit.count, rule: 4 * limit.count)
        case .stopsTask:
            .init(
                "FailTasksOnLobTruncation holds for every table of the endpoint: a cut in a table where truncation is "
                    + "accepted stops the task too",
                remedy:
                    "put the tables where truncation is accepted into a task with a source endpoint of its own"
            )
        case .goesOn(let tables):
            .init(
                "FailTasksOnLobTruncation is not true, and \(tables == 1 ? "1 table is" : "\(tables) tables are") limited whose "
                    + "values must not be cut: a larger value would be cut, and the task would continue",
                remedy: "set FailTasksOnLobTruncation to true in the settings of the source endpoint")
        }
    }

    /// The recipe needs a rule of four times the limit.
    private static func canary(_ kilobytes: Int, rule: Int) -> FindingText {
        .init(
            "FailTasksOnLobTruncation looks at LobMaxSize, \(kilobytes) KB, by the guide; whether it also looks at the rule of a "
                + "table, and whether sizes are counted in UTF-16, is documented nowhere",
            remedy:
                "try it in a test task with these settings: CREATE TABLE lobscope_canary (id int PRIMARY KEY, body text); "
                + "with a rule limited to \(rule) KB; INSERT INTO lobscope_canary VALUES (1, repeat('x', \(1024 * kilobytes + 1))); "
                + "stops the task where LobMaxSize counts, and arrives whole where the rule does; then (2, repeat('x', "
                + "\(512 * rule + 1))) stops it only where sizes are counted in UTF-16; (3, repeat('x', \(1024 * rule + 1))) must stop "
                + "it; under an unlimited rule all must arrive whole")
    }
}
