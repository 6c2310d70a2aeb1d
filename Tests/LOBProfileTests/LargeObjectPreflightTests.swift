import LOBReports
import SizeStatistics
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// What is said of large objects, and what is never said.
@Suite struct LargeObjectPreflightTests {
    private static let table = RelationName(schema: Identifier("public"), name: Identifier("hib"))

    private func column(
        _ name: String, numbers: Int, matching: Int, objects: Int
    ) -> LargeObjectNumbers.Column {
        .init(
            relation: Self.table, name: Identifier(name), typeName: Identifier("text"),
            amount: .init(objects: objects, bytes: 100), numbers: numbers, matching: matching)
    }

    private func findings(
        columns: [LargeObjectReferences.Column] = [], numbers: [LargeObjectNumbers.Column]?, only: Int = 0,
        orphans: LargeObjectAmount? = .init(objects: 2, bytes: 50), unreadable: Int = 0,
        uncheckedTables: [Unmeasured] = []
    ) -> [Finding] {
        let found = LargeObjectReferences(
            columns: columns, unchecked: [], orphans: orphans,
            numbers: numbers.map {
                LargeObjectNumbers(
                    columns: $0, searched: 5, unchecked: uncheckedTables,
                    only: .init(objects: only, bytes: 0, unreadable: unreadable))
            })
        let summary = LargeObjectSummary(
            count: 12, sizes: SizeDistribution(), largestOID: nil, unreadable: unreadable, references: found,
            reading: .oneMoment)
        return LargeObjectPreflight(relations: [], largeObjects: summary).findings
    }

    @Test func objectsThatOnlyNumbersReferToAreNoOrphans() throws {
        let found = findings(
            numbers: [
                column("body", numbers: 10, matching: 10, objects: 10),
                column("id", numbers: 50_000, matching: 12, objects: 12),
                column("n", numbers: 900, matching: 3, objects: 3),
            ], only: 10)
        #expect(
            found.map(\.id) == ["large-objects", "large-object-number", "large-object-number"])
        #expect(found.map(\.severity) == [.error, .warning, .info])
        let first = found[0]
        #expect(first.message.contains("only numbers in other columns are the OIDs of at most 10 of them"))
        #expect(first.message.contains("do not refer to at most 2 of them (at most 50 bytes)"))
        #expect(first.remedy.contains("do not run vacuumlo"))
        #expect(found[1].subject == "public.hib.body")
        #expect(found[1].message.contains("10 of its 10 numbers are their OIDs (different ones: 10)"))
        #expect(found[2].message.contains("public.hib.id (12 of 50000), public.hib.n (3 of 900)"))
    }

    @Test func vacuumloIsOfferedOnlyAfterACompleteSearch() throws {
        #expect(findings(numbers: [])[0].remedy.contains("can be removed with vacuumlo"))
        for unsearched in [
            findings(numbers: nil), findings(numbers: [], orphans: nil),
            findings(numbers: [], orphans: .init()),
        ] {
            #expect(!unsearched[0].remedy.contains("vacuumlo"))
            #expect(!unsearched[0].message.contains("vacuumlo"))
        }
        #expect(
            findings(numbers: nil)[0].message.contains(
                "columns of type oid or lo, and others were not searched, do not refer to at most 2 of them"))
        let hidden = findings(
            numbers: [], orphans: nil,
            uncheckedTables: [Unmeasured(relation: Self.table, reason: .permissionDenied)])
        #expect(
            hidden[0].message.hasSuffix(
                "how many nothing refers to is not known: public.hib could not be searched"))
    }

    @Test func unreadableObjectsAreNeverZeroBytes() {
        let found = findings(
            numbers: [], only: 3, orphans: .init(objects: 2, bytes: 0, unreadable: 2), unreadable: 3)
        #expect(found[0].message.contains("3 of them (sizes not known)"))
        #expect(found[0].message.contains("2 of them (sizes not known)"))
        #expect(!found[0].message.contains("(0 bytes)"))
        let some = findings(numbers: [], orphans: .init(objects: 2, bytes: 7, unreadable: 1), unreadable: 3)
        #expect(some[0].message.contains("at most 2 of them (sizes not known)"))
    }

    @Test func oidsOfNoObjectAreAWarningOnlyWhereTheTypeIsLO() {
        func column(_ type: String, dangling: Int?) -> LargeObjectReferences.Column {
            .init(
                relation: Self.table, name: Identifier(type), amount: .init(objects: 1, bytes: 5),
                typeName: Identifier(type), isLO: type == "lo", values: 4, dangling: dangling)
        }
        let found = findings(
            columns: [column("lo", dangling: 3), column("oid", dangling: 2), column("none", dangling: 0)],
            numbers: [])
        let missing = found.filter { $0.id == "large-object-missing" }
        #expect(missing.map(\.severity) == [.warning, .info])
        #expect(missing[0].message.contains("3 of 4 values that are the OID of no large object: those"))
        #expect(missing[1].message.contains("type oid is used for other things too"))
    }
}
