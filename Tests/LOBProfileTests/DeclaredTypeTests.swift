import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// Which types are measured, and as what.
struct DeclaredTypeTests {
    private func family(
        _ base: UInt32, modifier: Int = -1, kind: DeclaredType.Kind = .base, length: Int? = nil,
        hasSmallBounds: Bool = false
    ) -> TypeFamily? {
        DeclaredType(
            base: base, name: Identifier("t"), kind: kind, length: length, modifier: modifier,
            hasSmallBounds: hasSmallBounds
        ).family
    }

    private func numeric(_ precision: Int, _ scale: Int) -> TypeFamily? {
        family(1700, modifier: (precision << 16 | scale & 0x7FF) + 4)
    }

    @Test func numbersAreSmallUpToTheDigitsOfDMS() {
        #expect(family(1700) == .number)
        #expect(numeric(38, 0) == nil && numeric(38, 38) == nil && numeric(1, 0) == nil)
        #expect(numeric(39, 0) == .number && numeric(1000, 2) == .number)
        // Scales beyond the digits, as 15 allows them: numeric(2, -1000) holds numbers of 1,002 digits.
        #expect(numeric(2, -1000) == .number && numeric(2, -1) == .number && numeric(3, 1000) == .number)
    }

    @Test func bitsAreSmallUpToTheLongestString() {
        #expect(family(1560, modifier: 1) == nil && family(1562, modifier: 8000) == nil)
        #expect(family(1562, modifier: 8001) == .bits && family(1562) == .bits && family(1560) == .bits)
    }

    @Test func ofUnknownTypesTheLengthDecides() {
        #expect(family(99_999, length: 1) == nil && family(99_999, length: 64) == nil)
        #expect(family(99_999, length: 65) == .unlisted && family(99_999) == .unlisted)
        #expect(family(99_999, kind: .enum, length: 4) == nil)
        // The text of a regprocedure is a signature, of regclass a name.
        #expect(family(2202, length: 4) == .unlisted && family(2205, length: 4) == nil)
        #expect(
            family(99_999, kind: .range) == .unlisted
                && family(99_999, kind: .range, hasSmallBounds: true) == nil)
        #expect(family(99_999, kind: .multirange) == .unlisted)
        #expect(family(99_999, kind: .array) == .array && family(99_999, kind: .composite) == .composite)
    }

    /// A name alone makes no type that of an extension.
    @Test func typesOfExtensionsAreKnownByBoth() {
        let named = { (name: String, owner: String?) in
            DeclaredType(
                base: 99_999, name: Identifier(name), kind: .base, length: nil, modifier: -1,
                extension: owner.map { Identifier($0) }
            ).family
        }
        #expect(named("hstore", "hstore") == .hstore && named("hstore", nil) == .unlisted)
        #expect(named("geometry", "postgis") == .geometry && named("geometry", "other") == .unlisted)
        // Without a cast that runs nothing, by its output function.
        #expect(named("citext", "citext") == .hstore)
    }

    @Test func anUnlistedTypeCountsAsTheLargestLOB() {
        #expect(TypeFamily.unlisted.lobClass == .nclob)
        #expect([TypeFamily.number, .bits, .range].allSatisfy { $0.lobClass == .none })
        let column = Fixtures.column(1, "c", .varchar, declaredLength: 8000)
        #expect(!column.isMeasured)
    }

    /// A column that the catalog counts and nobody classified is unexplained, and so the profile is not complete.
    @Test func aMissedColumnIsUnexplained() throws {
        var table = ProfileFixture.table("t", sizes: [1, 2])
        table.relation.census = .init(columns: 4, harmless: 3, virtual: [])
        #expect(Account(ProfileFixture.profile([table]))?.unexplained == 0)
        var other = ProfileFixture.table("u", sizes: [1])
        other.relation.census = .init(columns: 5, harmless: 2, virtual: [Identifier("v")])
        let account = try #require(Account(ProfileFixture.profile([table, other])))
        #expect(account.unexplained == 1)
        #expect(account.columns == 9 && account.measured == 2 && account.harmless == 5)
        #expect(account.notMeasured.map(\.reason) == [.virtualColumn])
        let listed = Account.unexplained(in: [table, other], unmeasured: [], options: PlanOptions())
        #expect(listed.map(\.reason) == [.unexplained] && listed.map(\.relation) == [other.relation.name])
        // A profile of an earlier version says nothing of it.
        table.relation.census = nil
        #expect(Account(ProfileFixture.profile([table, other])) == nil)
    }
}
