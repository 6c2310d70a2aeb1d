import LOBReports
import SizeStatistics
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// What rules do beside choosing tables: nothing, too much, and what DMS does not support.
@Suite struct RuleReviewTests {
    private let tables = [
        ProfileFixture.table("orders", sizes: [100]), ProfileFixture.table("customers", sizes: [100]),
        ProfileFixture.table("part_1", sizes: [100], root: name("part")),
        ProfileFixture.table("some_table", sizes: [100]), ProfileFixture.table("someXtable", sizes: [100]),
    ]

    private static func name(_ table: String) -> RelationName {
        RelationName(schema: Identifier("s"), name: Identifier(table))
    }

    private func rule(
        _ id: Int, _ type: String, _ action: String?, table: String, schema: String = "s",
        column: String? = nil,
        _ more: [(String, JSONValue)] = []
    ) -> JSONValue {
        var locator: [(String, JSONValue)] = [("schema-name", .text(schema)), ("table-name", .text(table))]
        if let column { locator.append(("column-name", .text(column))) }
        var members: [(String, JSONValue)] = [
            ("rule-type", .text(type)), ("rule-id", .text("\(id)")), ("rule-name", .text("r\(id)")),
            ("object-locator", object(locator)),
        ]
        if let action { members.append(("rule-action", .text(action))) }
        return object(members + more)
    }

    private func object(_ members: [(String, JSONValue)]) -> JSONValue {
        .object(members.map { JSONMember(key: Array($0.0.utf8), value: $0.1) })
    }

    private func review(
        _ rules: [JSONValue]..., settings: DeployedSettings? = nil, type: MigrationType? = nil
    ) throws -> Review {
        let profile = ProfileFixture.profile(tables)
        let tasks = try rules.map {
            DeployedTask(
                mapping: try MappingDocument(json: object([("rules", .array($0))])), settings: settings,
                migrationType: type)
        }
        return Review(
            tasks, of: profile, recommending: Recommender(profile).recommend().tables, policy: Policy())
    }

    private func findings(_ rules: [JSONValue], _ id: LintID) throws -> [Finding] {
        try review(rules).findings.filter { $0.id == id.rawValue }
    }

    private var all: JSONValue { rule(1, "selection", "include", table: "%") }

    @Test(arguments: [
        ("S", "ORDERS", "names count case, and there is \"s.orders\""),
        ("s", "customer", "there is no such table, but \"s.customers\""),
        ("s", "${table}", "a template that was not filled in"),
        ("other", "%", "it does nothing, or the profile leaves its tables out"),
    ])
    func aRuleThatMatchesNothingSaysWhatWasMeant(schema: String, table: String, reason: String) throws {
        for action in ["include", "exclude"] {
            let found = try findings(
                [all, rule(2, "selection", action, table: table, schema: schema)], .ruleMatchesNothing)
            #expect(found.count == 1 && found[0].message.contains(reason), "\(found)")
        }
        #expect(try findings([all], .ruleMatchesNothing) == [])
    }

    /// To name a partitioned table selects none of its partitions; to leave it out does no harm.
    @Test func aPartitionedTableIsNamedInVain() throws {
        let included = try findings([rule(1, "selection", "include", table: "part")], .rootInsteadOfLeaves)
        #expect(included.map(\.severity) == [.error])
        let excluded = [
            rule(1, "selection", "include", table: "part%"), rule(2, "selection", "exclude", table: "part"),
        ]
        #expect(
            try findings(excluded, .rootInsteadOfLeaves) == []
                && findings(excluded, .ruleMatchesNothing) == [])
    }

    @Test func anUnderscoreMatchesMoreThanItself() throws {
        let found = try findings([rule(1, "selection", "include", table: "some_table")], .ruleMatchesMore)
        #expect(found.count == 1 && found[0].message.contains("\"s.someXtable\""))
        #expect(
            try findings([rule(1, "selection", "include", table: "some[_]table")], .ruleMatchesMore) == [])
        #expect(try findings([rule(1, "selection", "explicit", table: "some_table")], .ruleMatchesMore) == [])
        #expect(try findings([all], .ruleMatchesMore) == [])
    }

    /// A column that is left out is held against no limit; other changes of a LOB are not supported, each rule by itself.
    @Test func columnsAreLeftOutAndNotChanged() throws {
        let one = rule(1, "selection", "explicit", table: "orders")
        let limit = rule(
            2, "table-settings", nil, table: "orders",
            [("lob-settings", object([("mode", .text("limited")), ("bulk-max-size", .text("1"))]))])
        func column(_ id: Int, _ action: String) -> JSONValue {
            rule(
                id, "transformation", action, table: "orders", column: "body",
                [("rule-target", .text("column"))])
        }
        let removed = try review([one, limit, column(3, "remove-column")])
        #expect(removed.treatments.map(\.removed) == [[Identifier("body")]])
        #expect(removed.treatments.map(\.lobs) == [nil] && removed.treatments.map(\.risk) == [0])
        let changed = try findings(
            [one, column(3, "change-data-type"), column(4, "rename")], .lobTransformation)
        #expect(changed.count == 2 && changed.allSatisfy { $0.severity == .warning })
        let others = rule(
            3, "transformation", "include-column", table: "orders", column: "id",
            [("rule-target", .text("column"))])
        #expect(try review([one, others]).treatments.map(\.removed) == [[Identifier("body")]])
    }

    /// Of two LOBs one is cut, and left out: nothing that arrives is cut.
    @Test func whatIsLeftOutHasNoRisk() throws {
        var both = ProfileFixture.table("t", sizes: [100])
        let large = ProfileFixture.table("t", sizes: [100_000]).columns[0]
        let column = Fixtures.column(3, "large", .text)
        both.columns.append(ColumnProfile(column: column, measurement: large.measurement))
        both.relation.columns.append(column)
        let profile = ProfileFixture.profile([both])
        let one = rule(1, "selection", "explicit", table: "t")
        let leftOut = rule(
            2, "transformation", "remove-column", table: "t", column: "large",
            [("rule-target", .text("column"))])
        let risks = try [[one], [one, leftOut]].map { rules in
            Review(
                [
                    DeployedTask(
                        mapping: try MappingDocument(json: object([("rules", .array(rules))])), settings: nil)
                ], of: profile, recommending: Recommender(profile).recommend().tables, policy: Policy()
            ).treatments.map(\.risk)
        }
        #expect(risks == [[1], [0]])
    }

    /// Of what logs told of a column the largest is kept.
    @Test func theLargestLoggedSizeIsKept() {
        let sizes = [500, 900, 700].map {
            LoggedSize(
                relation: Self.name("orders"), column: Identifier("body"), size: ByteCount($0), time: nil)
        }
        let profile = ProfileFixture.profile(tables).adding([sizes[0]]).adding([sizes[1], sizes[2]])
        #expect(profile.loggedSizes == [sizes[1]])
    }

    @Test func filtersAndRangesDoNotLookAtLOBs() throws {
        let filter = object([
            ("filter-type", .text("source")), ("column-name", .text("body")),
            ("filter-conditions", .array([])),
        ])
        let filtered = rule(1, "selection", "include", table: "orders", [("filters", .array([filter]))])
        #expect(try findings([filtered], .filterByLOB).map(\.severity) == [.error])
        #expect(try review([filtered]).treatments.map(\.isFiltered) == [true])
        func ranges(_ columns: [String], _ boundaries: [[String]]) -> JSONValue {
            rule(
                2, "table-settings", nil, table: "orders",
                [
                    (
                        "parallel-load",
                        object([
                            ("type", .text("ranges")), ("columns", .array(columns.map { .text($0) })),
                            ("boundaries", .array(boundaries.map { .array($0.map { .text($0) }) })),
                        ])
                    )
                ])
        }
        #expect(
            try findings([all, ranges(["body"], [["a"]])], .parallelLoadByLOB).map(\.severity) == [.error])
        let fine = try review([all, ranges(["id"], [["100"], ["200"]])])
        #expect(
            !fine.findings.contains {
                $0.id.hasPrefix("mapping-parallel") || $0.id == "lint-parallel-load-by-lob"
            })
        for load in [ranges(["id", "x"], [["1"], ["1", "2"]]), ranges([], []), ranges(["id"], [])] {
            let found = try review([all, load]).findings
            #expect(found.contains { $0.id == "mapping-parallel-load-invalid" }, "\(load)")
        }
    }

    /// A rule that names a column that is not there is told only where all columns are known, and a removed one is one of them.
    @Test func rulesThatNameUnknownColumnsAreTold() throws {
        var orders = try #require(tables.first { $0.relation.name == Self.name("orders") })
        let harmless = [Identifier("id"), Identifier("a/b,c\u{301}")]
        func found(_ rules: [JSONValue], names: [Identifier]?) throws -> [String] {
            let listed = orders.relation.columns.count
            orders.relation.census = .init(
                columns: listed + harmless.count, harmless: harmless.count, virtual: [], names: names)
            let profile = ProfileFixture.profile([orders])
            return Review(
                [
                    DeployedTask(
                        mapping: try MappingDocument(json: object([("rules", .array(rules))])), settings: nil)
                ],
                of: profile, recommending: Recommender(profile).recommend().tables, policy: Policy()
            ).findings.filter { $0.id == "lint-column-unknown" }.map(\.subject)
        }
        let filter = object([
            ("filter-type", .text("source")), ("column-name", .text("Id")), ("filter-conditions", .array([])),
        ])
        let filtered = rule(1, "selection", "include", table: "orders", [("filters", .array([filter]))])
        let load = rule(
            2, "table-settings", nil, table: "orders",
            [
                (
                    "parallel-load",
                    object([
                        ("type", .text("ranges")),
                        ("columns", .array(["id", "a/b,c\u{301}", "a/b,\u{107}"].map { .text($0) })),
                        ("boundaries", .array([.array([.text("1"), .text("2"), .text("3")])])),
                    ])
                )
            ])
        #expect(try found([filtered, load], names: harmless) == ["s.orders.Id", "s.orders.a/b,\u{107}"])
        #expect(try found([filtered, load], names: nil) == [])
        #expect(try found([filtered, load], names: [Identifier("id")]) == [])
        let removed = object([
            ("rule-type", .text("transformation")), ("rule-id", .text("3")), ("rule-name", .text("3")),
            ("rule-target", .text("column")), ("rule-action", .text("remove-column")),
            (
                "object-locator",
                object([
                    ("schema-name", .text("s")), ("table-name", .text("orders")),
                    ("column-name", .text("body")),
                ])
            ),
        ])
        #expect(
            try found([filtered, load, removed], names: harmless) == ["s.orders.Id", "s.orders.a/b,\u{107}"])
    }

    @Test func aTableInTwoTasksIsWrittenTwice() throws {
        let orders = rule(1, "selection", "explicit", table: "orders")
        let rest = rule(1, "selection", "explicit", table: "customers")
        func ids(_ tasks: [[JSONValue]], _ type: MigrationType) throws -> [String] {
            let profile = ProfileFixture.profile(tables)
            let deployed = try tasks.enumerated().map { index, rules in
                DeployedTask(
                    mapping: try MappingDocument(json: object([("rules", .array(rules))])), settings: nil,
                    migrationType: type == .fullLoad && index == 1 ? .cdc : type)
            }
            return Review(
                deployed, of: profile, recommending: Recommender(profile).recommend().tables, policy: Policy()
            ).findings.map(\.id).filter { $0 == "lint-table-twice" }
        }
        #expect(try ids([[orders], [orders]], .cdc) == ["lint-table-twice"])
        #expect(try ids([[orders], [rest]], .cdc) == [])
        // The load in one task, its changes in another.
        #expect(try ids([[orders], [orders]], .fullLoad) == [])
    }

    /// What DMS makes of a size that it does not take is not known, and no default either.
    @Test(arguments: [
        ("limited", "200000"), ("limited", "0"), ("limited", "-5"), ("limitd", "64"), ("unlimited", "x"),
    ])
    func settingsOutOfRangeAreNotKnown(mode: String, size: String) throws {
        let wrong = rule(
            2, "table-settings", nil, table: "orders",
            [("lob-settings", object([("mode", .text(mode)), ("bulk-max-size", .text(size))]))])
        let found = try review([rule(1, "selection", "explicit", table: "orders"), wrong])
        #expect(found.treatments.map(\.lobs?.treatment) == [.unknown])
        #expect(found.treatments.map(\.risk) == [nil] && found.verdict == .notReady)
        #expect(!found.findings.contains { $0.id == "lint-limit-too-small" })
    }

    @Test func theVerdictFollowsFromWhatIsFound() throws {
        let warning = Finding(id: "x", severity: .warning, subject: "s", detail: .table(.withoutColumns))
        let error = Finding(id: "x", severity: .error, subject: "s", detail: .table(.withoutColumns))
        func verdict(_ findings: [Finding], measured: Bool = true, estimates: Bool = false)
            -> LOBAdvice.Verdict
        {
            LOBAdvice.Verdict(findings, isEverythingMeasured: measured, restsOnEstimates: estimates)
        }
        #expect(verdict([]) == .ready && verdict([warning]) == .readyWithNotes)
        #expect(verdict([], estimates: true) == .readyWithNotes)
        #expect(verdict([warning, error]) == .notReady && verdict([], measured: false) == .notReady)
    }
}
