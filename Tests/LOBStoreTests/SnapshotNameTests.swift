import LOBStore
import Testing

struct SnapshotNameTests {
    private let json = Array("{}".utf8)

    @Test func nameIsDatabaseTimeAndDigest() throws {
        let name = try #require(
            SnapshotName(
                database: Array("orders".utf8), timestamp: "20261122T090000Z", digest: SHA256Digest(of: json))
        )
        // printf '{}' | sha256sum
        #expect(name.fileName == "orders-20261122T090000Z-44136fa355b3.json.zst")
        #expect(SnapshotName(fileName: name.fileName) == name)
    }

    @Test(arguments: [
        "", ".", "a-b", "-", "../..", "a/b", "\u{0}", "\u{1F40B}", "20261122T090000Z-44136fa355b3",
    ])
    func everyDatabaseNameGivesANameThatComesApart(_ database: String) throws {
        let name = try #require(
            SnapshotName(
                database: Array(database.utf8), timestamp: "20261122T090000Z", digest: SHA256Digest(of: json))
        )
        #expect(SnapshotName(fileName: name.fileName) == name)
        #expect(!name.fileName.utf8.contains(UInt8(ascii: "/")))
    }

    @Test(arguments: ["", "2026-11-22T09:00:00Z", "20261122T090000", "20261122t090000Z", "../61122T090000Z"])
    func otherTimestampsAreRefused(_ timestamp: String) throws {
        #expect(SnapshotName(database: [0x61], timestamp: timestamp, digest: SHA256Digest(of: json)) == nil)
        #expect(throws: StoreError(timestamp, .invalidName)) {
            try SnapshotFile.seal(json, database: [0x61], timestamp: timestamp)
        }
    }

    @Test(arguments: [
        "", ".json.zst", "snapshot.json.zst", "-20261122T090000Z-44136fa355b3.json.zst",
        "a-20261122T090000Z-44136FA355B3.json.zst", "a-20261122T090000Z-44136fa355b.json.zst",
        "a-20261122T090000Z-44136fa355b3.json", "a-20261122T090000Z_44136fa355b3.json.zst",
    ]) func otherFileNamesAreNotTakenApart(_ name: String) {
        #expect(SnapshotName(fileName: name) == nil)
    }
}
