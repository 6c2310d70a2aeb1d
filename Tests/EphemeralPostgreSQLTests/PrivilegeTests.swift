import EphemeralPostgreSQL
import Foundation
import TestSupport
import Testing

@Suite(.enabled("PostgreSQL server programs are installed") { await SharedCluster.isAvailable() })
struct PrivilegeTests {
    @Test func serverNeverRunsAsRoot() async throws {
        let cluster = try await SharedCluster.process.cluster()
        let pid = try #require(cluster.postmasterPID)
        let user = try #require(ProcessTable.status(of: pid, "Uid"))
        if geteuid() == 0 {
            for kind in ["Uid", "Gid", "Groups"] {
                let ids = try #require(ProcessTable.status(of: pid, kind))
                #expect(!ids.contains(0), "\(kind) \(ids)")
            }
        } else {
            #expect(Set(user) == [Int(geteuid())])
        }
    }

    @Test func folderIsPrivateToTheServersUser() async throws {
        let cluster = try await SharedCluster.process.cluster()
        let attributes = try FileManager.default.attributesOfItem(atPath: cluster.directory)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
        let owner = try #require(attributes[.ownerAccountID] as? Int)
        #expect(geteuid() == 0 ? owner != 0 : owner == Int(geteuid()))
    }

    @Test func missingServerIsNamedWithARemedy() async throws {
        let error = await #expect(throws: ClusterError.self) {
            _ = try await ServerBinaries.find(environment: ["LOBSCOPE_PG_BIN": "/nonexistent"])
        }
        #expect(error == .serverNotFound(searched: ["/nonexistent"]))
        #expect("\(try #require(error))".contains("hint: apt-get install postgresql"))
    }
}
