import Foundation
import LOBAdvice
import Testing

@testable import LOBStore

struct RetentionTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// A snapshot of a day, on disk.
    private func candidate(
        _ database: String = "orders", day: Int64, cluster: String? = "1", scope: Scope? = Scope(),
        isComplete: Bool = true
    ) throws -> Retention.Candidate {
        let profile = Profile(
            lobscopeVersion: "0.1.0", database: Identifier(database),
            server: ServerFacts(
                version: 150_018, isReplica: false, encoding: "UTF8", blockSize: 8192, role: Identifier("r"),
                systemIdentifier: cluster, hasDataChecksums: false),
            startedAt: day * 86_400, finishedAt: day * 86_400, options: PlanOptions(), policy: Policy(),
            tables: Array(StoredProfile.profile().tables.prefix(1)), largeObjects: nil,
            unmeasured: isComplete ? [] : [Unmeasured(relation: nil, reason: .interrupted)], scope: scope)
        let sealed = try Snapshot.seal(profile)
        let path = try folder.put(sealed.bytes, sealed.name)
        return Retention.Candidate(path: path, snapshot: try Snapshot.open(path))
    }

    @Test func theNewestOfEachDatabaseStay() throws {
        let orders = try (1...5).map { try candidate(day: $0) }
        let other = try candidate("stock", day: 1)
        let replica = try candidate(day: 1, cluster: "2")
        let rule = Retention(keep: 2, measuredBefore: nil)
        let gone = rule.expendable(orders + [other, replica]).map(\.path)
        #expect(gone == orders.prefix(3).map(\.path))
    }

    @Test func whatIsYoungStays() throws {
        let orders = try (1...5).map { try candidate(day: $0) }
        let rule = Retention(keep: 1, measuredBefore: 3 * 86_400)
        #expect(rule.expendable(orders).map(\.path) == orders.prefix(2).map(\.path))
        let all = Retention(keep: 1, measuredBefore: 9 * 86_400)
        #expect(all.expendable(orders).map(\.path) == orders.prefix(4).map(\.path))
    }

    @Test func aPartialOneStandsForNoOther() throws {
        let complete = try candidate(day: 1)
        let partial = try candidate(day: 2, isComplete: false)
        let rule = Retention(keep: 1, measuredBefore: nil)
        #expect(rule.expendable([complete, partial]).isEmpty)
        let later = try candidate(day: 3)
        #expect(rule.expendable([complete, partial, later]).map(\.path) == [complete.path, partial.path])
    }

    @Test func aNarrowerScopeStandsForNoOther() throws {
        let whole = try candidate(day: 1)
        let narrow = try candidate(day: 2, scope: Scope(tables: [try NamePattern("public.a")]))
        #expect(Retention(keep: 1, measuredBefore: nil).expendable([whole, narrow]).isEmpty)
    }

    @Test func onlyTheSnapshotThatIsMeantIsRemoved() throws {
        let old = try candidate(day: 1)
        let newer = try candidate(day: 2)
        #expect(throws: StoreError.self) { try SnapshotRemoval.remove(old.path, digest: newer.digest) }
        let damaged = Array(try folder.bytes(URL(fileURLWithPath: newer.path).lastPathComponent).dropLast())
        _ = try folder.put(damaged, URL(fileURLWithPath: newer.path).lastPathComponent)
        #expect(throws: StoreError(newer.path, .truncated)) {
            try SnapshotRemoval.remove(newer.path, digest: newer.digest)
        }
        #expect(try folder.names().count == 2)
        try SnapshotRemoval.remove(old.path, digest: old.digest)
        #expect(try folder.names() == [URL(fileURLWithPath: newer.path).lastPathComponent])
    }
}
