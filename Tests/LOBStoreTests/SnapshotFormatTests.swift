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
