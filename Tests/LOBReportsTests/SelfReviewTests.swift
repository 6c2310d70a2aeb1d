import LOBAdvice
import LOBReports
import TestSupport
import Testing

/// What is proposed and what is deployed are judged by the same evaluator: what we write, read back, is what we said.
@Suite(.timeLimit(.minutes(10))) struct SelfReviewTests {
    /// What a container keeps of a review: not the names of tasks.
    private struct Answer: Equatable {
        let treatments: [Row]
        let findings: [String]
        let verdict: Verdict

        struct Row: Equatable {
            let relation: RelationName
            let lobs: EffectiveLOBs?
            let risk: Double?
        }

        init(_ review: Review) {
            treatments = review.treatments.map { Row(relation: $0.relation, lobs: $0.lobs, risk: $0.risk) }
            findings = review.findings.map { "\($0.severity.rawValue) \($0.id) \($0.message)" }.sorted()
            verdict = review.verdict
        }
    }

    @Test func whatIsWrittenIsReadBackAsWhatWasSaid() throws {
        var generator = SeededGenerator(seed: 12)
        var compared = 0
        for round in 0..<2000 {
            let profile = try profile(round, &generator)
            let recommender = Recommender(profile)
            let recommendation = recommender.recommend()
            let report = Report(profile: profile, recommendation: recommendation)
            let own = Answer(recommendation.review)
            for (form, tasks) in try containers(report, which: round) {
                let read = Review(
                    tasks, of: profile, recommending: recommendation.tables, policy: profile.policy)
                #expect(Answer(read) == own, "round \(round), \(form)")
                compared += 1
            }
            let found = Set(recommendation.findings)
            #expect(recommendation.review.findings.allSatisfy(found.contains))
            check(recommendation)
        }
        #expect(compared > 2000)
    }

    /// The rule and the risk of the LOB table are those of the treatment.
    private func check(_ recommendation: Recommendation) {
        let treatments = Dictionary(
            recommendation.review.treatments.map { ($0.relation, $0) }
        ) { first, _ in first }
        for table in recommendation.tables where table.hasLOBs {
            for leaf in table.leaves {
                guard let treatment = treatments[leaf], let lobs = treatment.lobs else { continue }
                #expect(treatment.risk == table.risk)
                switch lobs.treatment {
                case .limited(let size): #expect(table.mode == .limited && table.bulkMaxSize == size)
                case .unlimited(let size): #expect(table.mode == .unlimited && table.bulkMaxSize == size)
                case .leftOut, .unknown: Issue.record("\(leaf) is \(lobs)")
                }
            }
        }
    }

    private func profile(_ round: Int, _ generator: inout SeededGenerator) throws -> Profile {
        // A few shapes, as estimates of samples take long.
        var profile = RandomProfile(seed: UInt64(round % 100 + 1), shape: UInt64(round % 100 + 1)).profile
        profile.deployment = Deployment(target: TargetEngine.allCases[round % TargetEngine.allCases.count])
        profile.policy.strategy = Policy.Strategy.allCases.randomElement(using: &generator) ?? .balanced
        profile.policy.migrationType = MigrationType.allCases.randomElement(using: &generator) ?? .cdc
        if Bool.random(using: &generator) { profile.policy.truncationOK = [try NamePattern("alpha")] }
        return profile
    }

    /// The tasks of a report as each container holds them; two containers a round, in turn.
    private func containers(_ report: Report, which round: Int) throws -> [(String, [DeployedTask])] {
        let mapping = report.render(.tableMappings)
        let settings = report.render(.taskSettings)
        let json = try (JSONValue(parsing: mapping), JSONValue(parsing: settings))
        guard report.refusal(of: .cloudFormation) == nil else { return [] }
        // What shows no endpoint is read beside the file that does.
        let attributes = try #require(
            report.files.first { $0.path == Report.extraConnectionAttributesName }
        ).bytes
        let beside = { (tasks: [DeployedTask]) in
            tasks.map { $0.reading([EndpointDescription(attributes: attributes)]) }
        }
        let all: [(String, () throws -> [DeployedTask])] = [
            (
                "folder",
                {
                    try beside(TaskContainer(parsing: mapping).tasks).map {
                        try $0.with(settings: DeployedSettings(parsing: settings))
                    }
                }
            ),
            ("cloudformation", { try TaskContainer(parsing: report.render(.cloudFormation)).tasks }),
            (
                "cloudformation-serverless",
                { try TaskContainer(parsing: report.render(.cloudFormationServerless)).tasks }
            ),
            (
                "describe-replication-tasks",
                {
                    try beside(
                        TaskContainer(
                            parsing: JSONValue.members([
                                "ReplicationTasks": .array([
                                    .members([
                                        "ReplicationTaskIdentifier": .text("one"),
                                        "TableMappings": .string(mapping),
                                        "ReplicationTaskSettings": .string(settings),
                                    ])
                                ])
                            ]).prettyBytes
                        ).tasks)
                }
            ),
            (
                "terraform show",
                {
                    let resource = JSONValue.members([
                        "address": .text("aws_dms_replication_task.one"),
                        "type": .text("aws_dms_replication_task"),
                        "values": .members([
                            "table_mappings": .string(json.0.compactBytes),
                            "replication_task_settings": .string(json.1.compactBytes),
                        ]),
                    ])
                    let module = JSONValue.members([
                        "root_module": .members(["resources": .array([resource])])
                    ])
                    return try beside(
                        TaskContainer(parsing: JSONValue.members(["values": module]).prettyBytes).tasks)
                }
            ),
        ]
        return try [all[round % all.count], all[(round + 2) % all.count]].map { ($0.0, try $0.1()) }
    }
}
