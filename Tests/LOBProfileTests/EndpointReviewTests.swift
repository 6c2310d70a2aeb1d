import LOBReports
import SizeStatistics
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// What the source endpoint of a task does, where it is known.
@Suite struct EndpointReviewTests {
    private func mapping(_ tables: [(String, LOBSettings?)]) -> MappingDocument {
        MappingDocument(
            tables: tables.map {
                MappingTable(
                    name: RelationName(schema: Identifier("s"), name: Identifier($0.0)), lobSettings: $0.1)
            })
    }

    /// A varchar without a length is cut by the endpoint that the task has: none known, one for somebody to make, one that is there.
    @Test(
        arguments: [
            (nil, 8001, Finding.Severity.warning, "unless the source endpoint has unboundedVarcharMaxSize;"),
            (Endpoint(nil, isProposed: false), 8000, .warning, "as the source endpoint has no"),
            (Endpoint(nil, isProposed: false), 8001, .error, "as the source endpoint has no"),
            (
                Endpoint(65_536, isProposed: true), 8001, .warning,
                "unless the source endpoint is given unboundedVarcharMaxSize=65536"
            ),
            (Endpoint(65_536, isProposed: true), 65_537, .error, "is given unboundedVarcharMaxSize=65536"),
            (
                Endpoint(20_000, isProposed: false), 6000, .info,
                "at 20000 bytes, the unboundedVarcharMaxSize of the"
            ),
            (
                Endpoint(10_485_760, isProposed: false), 9_000_000, .warning,
                "at 10485760 bytes, the unboundedVarcharMaxSize of the"
            ),
            (
                Endpoint(65_536, isProposed: false), 8001, .info,
                "at 65536 bytes, the unboundedVarcharMaxSize of the"
            ),
            (
                Endpoint(65_536, isProposed: false), 40_000, .warning,
                "at 65536 bytes, the unboundedVarcharMaxSize of the"
            ),
            (
                Endpoint(65_536, isProposed: false), 65_537, .error,
                "at 65536 bytes, the unboundedVarcharMaxSize of the"
            ),
        ] as [(Endpoint?, Int64, Finding.Severity, String)])
    func anEndpointCutsVarcharWithoutALength(
        endpoint: Endpoint?, size: Int64, severity: Finding.Severity, words: String
    ) throws {
        let profile = ProfileFixture.profile([ProfileFixture.table("t", .varchar, sizes: [5, size])])
        let found = review(profile, endpoint?.deployed).filter { $0.id == "unbounded-varchar" }
        #expect(found.map(\.severity) == [severity])
        #expect(found.first?.message.contains(words) == true, "\(found)")
        // Twice the room is said where it is there, and nothing is asked for that the endpoint has.
        let hasTwice = endpoint?.deployed.unboundedVarcharMaxSize.map { 2 * size <= $0.bytes } ?? false
        let isThere = endpoint?.deployed.isProposed == false
        #expect(found.first?.remedy.contains("has room for twice") == (hasTwice && isThere))
        #expect(
            found.first?.remedy.contains("extra-connection-attributes.txt")
                == (severity == .warning && endpoint?.deployed.isProposed == true))
    }

    /// What a log told of counts, for the finding and for the attribute in the files.
    @Test func anEndpointHoldsWhatALogToldOf() throws {
        let table = ProfileFixture.table("t", .varchar, sizes: [5])
        let profile = ProfileFixture.profile([table]).adding([
            LoggedSize(
                relation: table.relation.name, column: Identifier("body"), size: ByteCount(50_000), time: nil)
        ])
        let task = try #require(Recommender(profile).recommend().tasks.first)
        #expect(task.endpoint.unboundedVarcharMaxSize == ByteCount(100_000))
        let found = review(profile, Endpoint(nil, isProposed: false).deployed)
        #expect(found.contains { $0.id == "unbounded-varchar" && $0.severity == .error })
    }

    /// A limit that nothing enforces is told where the endpoint is known.
    @Test func anEndpointThatLetsTasksGoOnIsTold() {
        let profile = ProfileFixture.profile([ProfileFixture.table("t", sizes: [5])])
        let ids = { (endpoint: DeployedEndpoint?) in self.review(profile, endpoint).map(\.id) }
        #expect(ids(nil) == [])
        #expect(ids(DeployedEndpoint(failsTasksOnLOBTruncation: true)) == [])
        #expect(ids(DeployedEndpoint(failsTasksOnLOBTruncation: false)) == ["lint-truncation-goes-on"])
    }

    /// The recipe asks for sizes on both sides of each limit, and is given only where the switch is known to be on.
    @Test func aCanaryShowsWhichLimitStopsATask() throws {
        let profile = ProfileFixture.profile([ProfileFixture.table("t", sizes: [5])])
        let settings = DeployedSettings(
            json: TaskSettings(
                lobs: .limited(Kibibytes(64)), validationPartialLOBSize: Kibibytes(0),
                isBatchApplyEnabled: false
            ).json)
        func canary(_ endpoint: DeployedEndpoint?) -> Finding? {
            let task = DeployedTask(
                mapping: mapping([("t", .limited(Kibibytes(64)))]),
                settings: settings, endpoint: endpoint)
            return Review(
                [task], of: profile, recommending: Recommender(profile).recommend().tables, policy: Policy()
            ).findings.first { $0.id == "canary" }
        }
        #expect(canary(nil) == nil)
        #expect(canary(DeployedEndpoint(failsTasksOnLOBTruncation: false)) == nil)
        let found = try #require(canary(DeployedEndpoint(failsTasksOnLOBTruncation: true)))
        #expect(found.severity == .info && found.message.contains("looks at LobMaxSize, 64 KB, by the guide"))
        for part in ["limited to 256 KB", "repeat('x', 65537)", "repeat('x', 131073)", "repeat('x', 262145)"]
        {
            #expect(found.remedy.contains(part), "\(part)")
        }
    }

    /// What one says of varchar without a length.
    struct Endpoint {
        let deployed: DeployedEndpoint

        init(_ bytes: Int64?, isProposed: Bool) {
            deployed = DeployedEndpoint(
                failsTasksOnLOBTruncation: true, unboundedVarcharMaxSize: bytes.map { ByteCount($0) },
                isProposed: isProposed)
        }
    }

    private func review(_ profile: Profile, _ endpoint: DeployedEndpoint?) -> [Finding] {
        let task = DeployedTask(
            mapping: mapping([("t", .limited(Kibibytes(64)))]), settings: nil, endpoint: endpoint)
        return Review(
            [task], of: profile, recommending: Recommender(profile).recommend().tables, policy: Policy()
        ).findings
    }
}
