import Foundation
import LOBAdvice
import LOBStore
import TestSupport
import Testing

/// Every format that was ever written stays readable: its file is never changed.
struct SnapshotFormatTests {
    @Test(arguments: 1...Profile.currentFormat) func everyFormatIsReadAsItWasWritten(_ format: Int) throws {
        let snapshot = try Snapshot.open(Self.file(format))
        #expect(snapshot.profile == StoredProfile.profile(format: format))
        #expect(
            Recommender(snapshot.profile).recommend()
                == Recommender(StoredProfile.profile(format: format)).recommend())
    }

    @Test func theCurrentFormatIsStillWrittenTheSame() throws {
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
            try record()
            return
        }
        let sealed = try Snapshot.seal(StoredProfile.profile())
        // The frame may be another with another libzstd; what it holds may not.
        let golden = try SnapshotFile.open(Self.file(Profile.currentFormat)).json
        let folder = try ScratchFolder()
        let written = try SnapshotFile.open(try folder.put(sealed.bytes, sealed.name)).json
        let isSame = written == golden
        #expect(isSame, "RECORD_GOLDEN=1 writes it again, while this format is not released")
    }

    /// Writes the file of the current format, and of an earlier one only where it is missing.
    private func record() throws {
        for format in 1...Profile.currentFormat {
            let isThere = FileManager.default.fileExists(atPath: Self.file(format))
            if isThere, format < Profile.currentFormat { continue }
            let sealed = try Snapshot.seal(StoredProfile.profile(format: format))
            expect(sealed.bytes, matchesGolden: "format-\(format).json.zst")
        }
    }

    /// A member that a reader need not know: formats before it are read, and those that have none are written without it.
    @Test func documentsTakenApartAreKept() throws {
        var profile = StoredProfile.profile()
        #expect(
            !String(decoding: try ProfileJSON.bytes(of: profile), as: UTF8.self).contains("largeDocuments"))
        var table = profile.tables[0]
        var measurement = try #require(table.columns[0].measurement)
        let names = [Identifier(bytes: [0x62, 0xFF]), Identifier("\u{202E}</script>\"\n"), Identifier("")]
        let value = try #require(measurement.largest.first)
        let contents: [LargeDocument.Content] = [
            .object(
                keys: 3,
                heaviest: names.map {
                    HeavyKey(name: $0, isCut: true, occurrences: 2, size: ByteCount(900))
                }), .array(elements: 4), .scalar, .notKnown(.changed), .notKnown(.tooLarge),
            .notKnown(.failed),
        ]
        measurement.largeDocuments = contents.map { LargeDocument(value: value, content: $0) }
        table.columns[0] = ColumnProfile(column: table.columns[0].column, measurement: measurement)
        profile.tables[0] = table
        let sealed = try Snapshot.seal(profile)
        let folder = try ScratchFolder()
        #expect(try Snapshot.open(try folder.put(sealed.bytes, sealed.name)).profile == profile)
    }

    @Test func aLaterFormatIsRefusedByItsNumber() throws {
        let later = try Snapshot.seal(StoredProfile.profile(format: Profile.currentFormat + 1))
        let folder = try ScratchFolder()
        let path = try folder.put(later.bytes, later.name)
        #expect(throws: StoreError(path, .newer(format: Profile.currentFormat + 1))) {
            try Snapshot.open(path)
        }
    }

    private static func file(_ format: Int) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/format-\(format).json.zst").path
    }
}
