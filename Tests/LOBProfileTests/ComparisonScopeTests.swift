import SizeStatistics
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// What a comparison says of tables that only one of the two surveys looked at: nothing, and that it does.
@Suite struct ComparisonScopeTests {
    private static let tables = ["a", "b"].map { ProfileFixture.table($0, sizes: [1000, 70_000]) }

    private static func profile(
        _ tables: [TableProfile], scope: Scope? = nil, database: String = "d", startedAt: Int64 = 0
    ) -> Profile {
        let profile = ProfileFixture.profile(tables, startedAt: startedAt, database: database)
        return Profile(
            lobscopeVersion: "0", database: profile.database, server: profile.server, startedAt: startedAt,
            finishedAt: startedAt, options: profile.options, policy: profile.policy, tables: tables,
            largeObjects: nil, unmeasured: [], scope: scope)
    }

    @Test func aTableOutOfTheOtherScopeIsNeitherGoneNorNew() throws {
        let whole = Self.profile(Self.tables)
        let narrow = Self.profile([Self.tables[0]], scope: Scope(tables: [try NamePattern("s.a")]))
        let (a, b) = (Self.tables[0].relation.name, Self.tables[1].relation.name)
        let later = Comparison(old: whole, new: narrow)
        #expect(later.tables.map(\.name) == [a])
        #expect(later.outOfScope == [OutOfScope(table: b, leaves: [b], side: .new)])
        #expect(later.rules.isEmpty)
        let wider = Comparison(old: narrow, new: whole)
        #expect(wider.tables.map(\.name) == [a])
        #expect(wider.outOfScope == [OutOfScope(table: b, leaves: [b], side: .old)])
        #expect(wider.rules.isEmpty)
        #expect(!wider.isWorse)
    }

    @Test func aTableInScopeThatIsGoneIsGoneWithItsRules() throws {
        let scope = Scope(schemas: [try NamePattern("s")])
        let comparison = Comparison(
            old: Self.profile(Self.tables, scope: scope), new: Self.profile([Self.tables[0]], scope: scope))
        #expect(comparison.outOfScope.isEmpty)
        #expect(comparison.tables.map { $0.new == nil } == [false, true])
        #expect(comparison.rules.map { $0.new == nil } == [true, true])
    }

    @Test func afterALoadATableOutOfTheScopeOfTheTargetIsNotMissing() throws {
        let source = Self.profile(Self.tables)
        let target = Self.profile(
            [ProfileFixture.table("A", sizes: [1000, 70_000], schema: "DBO")],
            scope: Scope(tables: [try NamePattern("\"DBO\".\"A\"")]), database: "target")
        let comparison = Comparison(old: source, new: target, question: .load)
        #expect(comparison.tables.map(\.name) == [Self.tables[0].relation.name])
        #expect(comparison.outOfScope.map(\.table) == [Self.tables[1].relation.name])
        #expect(!comparison.isWorse)
    }

    @Test func afterALoadATableThatCouldBeInTheScopeOfTheTargetIsMissing() throws {
        let source = Self.profile(Self.tables)
        // The target's schema and spelling are its own: the pattern means both tables.
        let scopes = [
            Scope(schemas: [try NamePattern("\"DBO\"")]), Scope(tables: [try NamePattern("\"DBO\".*")]),
            Scope(excludedTables: [try NamePattern("other.*")]), Scope(),
        ]
        for scope in scopes {
            let target = Self.profile(
                [ProfileFixture.table("A", sizes: [1000, 70_000], schema: "DBO")], scope: scope,
                database: "target")
            let comparison = Comparison(old: source, new: target, question: .load)
            #expect(comparison.outOfScope.isEmpty)
            #expect(comparison.tables.map(\.worsenings) == [[], [.notLoaded(column: nil)]])
        }
    }

    @Test func aPartitionedTableIsInTheScopeOfItsRoot() throws {
        let root = RelationName(schema: Identifier("s"), name: Identifier("root"))
        let leaf = ProfileFixture.table("leaf", sizes: [1], root: root)
        let whole = Self.profile([leaf])
        let inScope = Comparison(
            old: whole, new: Self.profile([], scope: Scope(tables: [try NamePattern("root")])))
        #expect(inScope.outOfScope.isEmpty && inScope.tables.count == 1)
        let outOfScope = Comparison(
            old: whole, new: Self.profile([], scope: Scope(tables: [try NamePattern("other")])))
        #expect(outOfScope.outOfScope.map(\.leaves) == [[leaf.relation.name]])
        #expect(outOfScope.rules.isEmpty)
    }

    @Test func anotherPolicyKeepsWhatWasLookedAt() throws {
        let scope = Scope(tables: [try NamePattern("s.a")])
        #expect(Self.profile(Self.tables, scope: scope).with(policy: Policy(risk: 0.2)).scope == scope)
    }
}
