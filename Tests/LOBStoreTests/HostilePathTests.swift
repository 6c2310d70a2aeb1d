import Foundation
import LOBStore
import TestSupport
import Testing

struct HostilePathTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test func nothingThereIsNotFound() {
        let path = folder.file("none.json.zst")
        #expect(throws: StoreError(path, .notFound)) { try SnapshotFile.open(path) }
    }

    @Test(arguments: ["/dev/null", "/dev/zero", "/dev", "/"]) func devicesAndFoldersAreNoFiles(_ path: String)
    {
        #expect(throws: StoreError(path, .notAFile)) { try SnapshotFile.open(path) }
    }

    @Test func aSymbolicLinkIsNotFollowed() throws {
        let sealed = try SampleProfile.sealed()
        let target = try folder.put(sealed.frame, sealed.name)
        let path = folder.file("link.json.zst")
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
        #expect(throws: StoreError(path, .notAFile)) { try SnapshotFile.open(path) }
    }

    @Test func aPipeIsRefusedWithoutWaiting() async throws {
        let path = folder.file("pipe.json.zst")
        let outcome = try await BuiltProduct("mkfifo").run([path])
        #expect(outcome.status == 0)
        #expect(throws: StoreError(path, .notAFile)) { try SnapshotFile.open(path) }
        #expect(throws: StoreError(path, .notAFile)) {
            try DurableFile.write([1], named: "pipe.json.zst", in: folder.path)
        }
    }

    @Test func aFileOf1TBIsTooLargeBeforeItIsRead() throws {
        let path = try folder.put([0x28, 0xB5, 0x2F, 0xFD], "sparse.json.zst")
        try #require(FileHandle(forUpdatingAtPath: path)).truncate(atOffset: 1 << 40)
        let error = #expect(throws: StoreError.self) { try SnapshotFile.open(path) }
        guard case .tooLarge = error?.problem else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: [
        "../../../tmp/x", "a/b", "..", "\u{202E}gpj.exe", "-rf", "$(touch pwned)", "CON", "\u{0}", "\n",
    ])
    func aHostileDatabaseNameStaysInTheFolder(_ database: String) throws {
        let sealed = try SnapshotFile.seal(
            SampleProfile.json(tables: 1), database: Array(database.utf8), timestamp: SampleProfile.timestamp)
        var report = try ReportFolder.create(at: folder.file("report"))
        try report.write(sealed.frame, named: sealed.name)
        #expect(try folder.names() == ["report"])
        #expect(try SnapshotListing.names(in: report.path) == [sealed.name])
    }
}
