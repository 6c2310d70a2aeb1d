import LOBAdvice
import LOBReports
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// A full load reads an inheritance parent with its descendants; what is recommended for it counts them.
@Suite(.database) struct InheritanceTests {
    /// Old-style partitions: the parent is empty, the rows are in the children.
    private static let events = """
        CREATE TABLE events (id bigint PRIMARY KEY, body text);
        CREATE TABLE events_2024 (CHECK (id < 1000), PRIMARY KEY (id)) INHERITS (events);
        CREATE TABLE events_2025 (CHECK (id >= 1000), PRIMARY KEY (id), more text) INHERITS (events);
        INSERT INTO events_2024 SELECT i, repeat('x', 100) FROM generate_series(1, 100) i;
        INSERT INTO events_2025 SELECT i, repeat('y', 500000), repeat('m', 900000) FROM generate_series(1000, 1010) i;
        """

    private static func recommender(
        _ type: MigrationType, scope: Scope = Scope()
    ) async throws -> (Profile, Recommender) {
        let profile = try await profileOfCurrent(scope: scope)
        return (profile, Recommender(profile, policy: Policy(migrationType: type)))
    }

    @Test func aParentNeedsWhatItsDescendantsNeed() async throws {
        try await TestDatabase.current.psql(Self.events)
        for type in [MigrationType.fullLoad, .fullLoadAndCDC] {
            let (_, recommender) = try await Self.recommender(type)
            let recommendation = recommender.recommend()
            let parent = try #require(recommendation.tables.first { $0.name.name == Identifier("events") })
            // 500,000 bytes as NCLOB; "more" is none of the parent's columns.
            #expect(parent.limit == Kibibytes(977))
            #expect(parent.mode == .unlimited)
            #expect(!parent.isSelected)
            let answer = try #require(recommender.answer(for: parent, at: Kibibytes(64)))
            #expect(answer.cut == .exact(11))
            // Lists show the children's columns once.
            #expect(parent.columns.count == 1 && parent.inherited.count == 2)
            let selected = recommendation.mapping.rules.compactMap(\.locator).map(\.name.losslessText)
            #expect(Set(selected) == ["events_2024", "events_2025"])
            let finding = try #require(recommendation.findings.first { $0.id == "inheritance-parent" })
            #expect(finding.severity == .warning)
            #expect(finding.message.contains("arrive twice"))
            #expect(finding.remedy.contains(#"leave out "public"."events""#))
        }
    }

    /// A slot carries changes under the name of the table that holds the row.
    @Test func changesComeByPhysicalTable() async throws {
        try await TestDatabase.current.psql(Self.events)
        let (_, recommender) = try await Self.recommender(.cdc)
        let recommendation = recommender.recommend()
        let parent = try #require(recommendation.tables.first { $0.name.name == Identifier("events") })
        #expect(parent.limit == Kibibytes(1) && parent.isSelected && parent.inherited.isEmpty)
        let selected = recommendation.mapping.rules.compactMap(\.locator).map(\.name.losslessText)
        #expect(Set(selected) == ["events", "events_2024", "events_2025"])
        #expect(!recommendation.findings.contains { $0.id == "inheritance-parent" })
    }

    /// Rows of the parent itself, a parent in the middle, a child of two parents and one that is out of scope.
    @Test func ownRowsAndUnknownDescendantsAreErrors() async throws {
        try await TestDatabase.current.psql(
            """
            CREATE TABLE mother (id int PRIMARY KEY, t text); CREATE TABLE father (id int PRIMARY KEY, u text);
            CREATE TABLE middle (PRIMARY KEY (id)) INHERITS (mother, father); CREATE TABLE last_one () INHERITS (middle);
            INSERT INTO mother VALUES (1, 'own'), (2, 'too'); INSERT INTO middle VALUES (3, repeat('m', 70000), 'u');
            INSERT INTO last_one VALUES (4, repeat('l', 90000), repeat('u', 200000));
            """)
        let (_, recommender) = try await Self.recommender(.fullLoad)
        let recommendation = recommender.recommend()
        let limits = Dictionary(
            recommendation.tables.map { ($0.name.name.losslessText, $0.limit) },
            uniquingKeysWith: { first, _ in first })
        // Twice 90,000 and 200,000 bytes.
        #expect(
            limits == [
                "mother": Kibibytes(176), "father": Kibibytes(391), "middle": Kibibytes(391),
                "last_one": Kibibytes(391),
            ])
        #expect(
            recommendation.mapping.rules.compactMap(\.locator).map(\.name.losslessText).allSatisfy {
                $0.utf8.elementsEqual("last_one".utf8)
            })
        let findings = recommendation.findings.filter { $0.id == "inheritance-parent" }
        let severities = Dictionary(
            findings.map { ($0.subject, $0.severity) }, uniquingKeysWith: { first, _ in first })
        #expect(severities == ["public.mother": .error, "public.father": .warning, "public.middle": .error])
        let mother = try #require(findings.first { $0.subject == "public.mother" })
        #expect(mother.message.contains("2 rows of its own"))
        #expect(
            mother.remedy.contains(
                #"("id", "t") OVERRIDING SYSTEM VALUE SELECT "id", "t" FROM ONLY "public"."mother""#))
        let (_, scoped) = try await Self.recommender(
            .fullLoad, scope: Scope(excludedTables: [NamePattern("last_one")]))
        let without = scoped.recommend()
        let parent = try #require(without.tables.first { $0.name.name == Identifier("father") })
        #expect(parent.limit == nil)
        let finding = try #require(
            without.findings.first { $0.id == "inheritance-parent" && $0.subject == "public.father" })
        #expect(finding.severity == .error)
        #expect(finding.message.contains(#"no rule selects "public.last_one""#))
    }

    @Test func lintSeesRowsThatArriveTwiceAndLimitsThatCutThem() async throws {
        try await TestDatabase.current.psql(Self.events)
        let profile = try await profileOfCurrent()
        let policy = Policy(migrationType: .fullLoad)
        let recommendation = Recommender(profile, policy: policy).recommend()
        let all = profile.tables.map {
            MappingTable(name: $0.relation.name, lobSettings: .limited(Kibibytes(64)))
        }
        let lint = { (tables: [MappingTable]) in
            Review(
                [DeployedTask(mapping: MappingDocument(tables: tables), settings: nil)],
                of: profile, recommending: recommendation.tables, policy: policy
            ).findings
        }
        let both = lint(all)
        #expect(both.contains { $0.id == "inheritance-parent" && $0.severity == .error })
        let parentAlone = lint(all.filter { $0.name.name == Identifier("events") })
        #expect(!parentAlone.contains { $0.id == "inheritance-parent" })
        #expect(
            parentAlone.contains {
                $0.id == "lint-limit-too-small" && $0.subject == "public.events_2025.body"
            })
        let own = Review(
            [DeployedTask(mapping: recommendation.mapping, settings: nil)], of: profile,
            recommending: recommendation.tables, policy: policy
        ).findings
        // Rows of the parent's own, if there are any, are in no rule: the report says the same.
        #expect(Set(own).isSubset(of: Set(recommendation.findings)))
        #expect(own.filter { $0.severity > .info }.allSatisfy { $0.id == "inheritance-parent" })
    }

    /// Rows of a child that is not measured are not taken for hidden ones of an emptied parent.
    @Test func anEmptiedParentOfAChildOutOfScopeIsEmpty() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE SCHEMA elsewhere; CREATE TABLE emptied (t text); INSERT INTO emptied SELECT repeat('x', 99) FROM generate_series(1, 500);
            ANALYZE emptied; DELETE FROM emptied; CREATE TABLE elsewhere.child () INHERITS (emptied);
            INSERT INTO elsewhere.child VALUES ('abc');
            """)
        for exclusions in [[], [try NamePattern("elsewhere.child")]] {
            let profile = try await profileOfCurrent(scope: Scope(excludedTables: exclusions))
            #expect(profile.unmeasured == [])
            let emptied = try #require(profile.table("emptied"))
            #expect(emptied.rows == .init(count: 0, isExact: true))
            let hasChild = profile.tables.contains { $0.relation.name.schema == Identifier("elsewhere") }
            #expect(hasChild == exclusions.isEmpty)
        }
    }

    /// A full load reads descendants whatever the scope says: what of them was not measured is listed.
    @Test(arguments: MigrationType.allCases) func descendantsOutOfScopeAreListed(type: MigrationType)
        async throws
    {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE par (id int PRIMARY KEY, t text); INSERT INTO par VALUES (1, 'x');
            CREATE TABLE kid () INHERITS (par); INSERT INTO kid VALUES (2, repeat('k', 50000)); ANALYZE;
            """)
        let options = SurveyOptions(
            scope: Scope(tables: [try NamePattern("par")]), plan: PlanOptions(method: .full),
            policy: Policy(migrationType: type))
        let profile = try await Survey(try Conninfo(database.conninfo()), options: options).run()
        let isLoaded = type.includesFullLoad
        #expect(profile.unmeasured.map(\.subject) == (isLoaded ? ["public.kid"] : []))
        #expect(profile.unmeasured.allSatisfy { $0.reason == .outOfScope })
        #expect(profile.isComplete == !isLoaded)
    }
}
