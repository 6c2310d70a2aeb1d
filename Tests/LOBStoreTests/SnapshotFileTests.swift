import Foundation
import LOBStore
import TestSupport
import Testing
import Zstd

struct SnapshotFileTests {
    private let folder: ScratchFolder
    private let sealed: SnapshotFile.Sealed

    init() throws {
        folder = try ScratchFolder()
        sealed = try SampleProfile.sealed()
    }

    @Test func jsonComesBackAndTheSameJSONGivesTheSameFile() throws {
        let path = try folder.put(sealed.frame, sealed.name)
        let content = try SnapshotFile.verify(path)
        #expect(content.json == SampleProfile.json())
        #expect(content.warning == nil)
        #expect(try SampleProfile.sealed() == sealed)
    }

    @Test func aRenamedSnapshotIsReadAndItsDigestIsNotAsked() throws {
        let path = try folder.put(sealed.frame, "before-migration.json.zst")
        #expect(try SnapshotFile.verify(path).json == SampleProfile.json())
    }

    @Test func aNameOfAnotherSnapshotIsAWarningAndFailsVerification() throws {
        let other = try SampleProfile.sealed(seed: 8)
        let path = try folder.put(sealed.frame, other.name)
        let digest = try #require(SnapshotName(fileName: sealed.name)).digest
        let expected = StoreError(path, .misnamed(digest: digest))
        #expect(try SnapshotFile.open(path).warning == expected)
        #expect(throws: expected) { try SnapshotFile.verify(path) }
    }

    @Test(arguments: ["[1]", "", "null"]) func jsonThatIsNoObjectIsNeitherWrittenNorRead(_ json: String)
        throws
    {
        #expect(throws: StoreError.self) {
            try SnapshotFile.seal(Array(json.utf8), database: [0x61], timestamp: SampleProfile.timestamp)
        }
        let path = try folder.put(ZstdFrame.compress(Array(json.utf8)), "x.json.zst")
        #expect(throws: StoreError(path, .foreign(reason: "holds no JSON object"))) {
            try SnapshotFile.open(path)
        }
    }

    @Test func deepJSONIsRefusedBeforeItIsDecoded() throws {
        let json = Array(#"{"a":"#.utf8) + [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        let path = try folder.put(ZstdFrame.compress(json), "deep.json.zst")
        #expect(throws: StoreError(path, .foreign(reason: "nests deeper than 32"))) {
            try SnapshotFile.open(path)
        }
    }

    @Test func otherFilesAreForeign() throws {
        let path = try folder.put(Array("PK\u{3}\u{4}".utf8), "a.zip")
        let error = #expect(throws: StoreError.self) { try SnapshotFile.open(path) }
        #expect(
            try #require(error).description == """
                "\(path)" is not a lobscope snapshot: it is not a zstd frame
                hint: snapshots are the files that end in .json.zst in a report folder
                """)
    }

    @Test func contentOverTheLimitIsTooLarge() throws {
        let path = try folder.put(sealed.frame, sealed.name)
        let error = #expect(throws: StoreError.self) {
            try SnapshotFile.open(path, limits: ZstdLimits(contentSize: 20_000))
        }
        guard case .tooLarge = error?.problem else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func veryRepetitiveProfilesAreWrittenSoThatTheyCanBeRead() throws {
        let table = Array(#"{"limitKiB":1,"table":"t"},"#.utf8)
        var json = Array(#"{"tables":["#.utf8)
        while json.count < 5_000_000 { json.append(contentsOf: table) }
        json.append(contentsOf: Array("0]}".utf8))
        let sealed = try SnapshotFile.seal(json, database: [0x61], timestamp: SampleProfile.timestamp)
        let content = try SnapshotFile.verify(folder.put(sealed.frame, sealed.name))
        #expect(Data(content.json) == Data(json))
    }

    @Test(.enabled(if: Tools.has("zstd"))) func zstdReadsASnapshot() async throws {
        let path = try folder.put(sealed.frame, sealed.name)
        let outcome = try await BuiltProduct("zstd").run(["-dc", path])
        #expect(outcome.status == 0)
        #expect(outcome.stdout == SampleProfile.json())
    }
}
