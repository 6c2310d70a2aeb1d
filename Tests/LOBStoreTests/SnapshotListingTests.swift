import Foundation
import LOBStore
import Testing

struct SnapshotListingTests {
    @Test func tenBadFilesHideNoneOfTheOther990() throws {
        let folder = try ScratchFolder()
        for number in 0..<1000 {
            let json = Array(#"{"number":\#(number)}"#.utf8)
            let sealed = try SnapshotFile.seal(json, database: [0x61], timestamp: SampleProfile.timestamp)
            let bytes = number.isMultiple(of: 100) ? Array(sealed.frame.dropLast()) : sealed.frame
            _ = try folder.put(bytes, sealed.name)
        }
        let entries = try SnapshotListing.list(folder.path) { $1.json.count }
        #expect(entries.count == 1000)
        #expect(entries.count { (try? $0.result.get()) != nil } == 990)
        for entry in entries {
            guard case .failure(let error) = entry.result else { continue }
            #expect(error == StoreError(folder.file(entry.name), .truncated))
        }
        let names = entries.map { Array($0.name.utf8) }
        #expect(zip(names, names.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    }

    @Test func temporaryAndOtherFilesAreLeftOut() throws {
        let folder = try ScratchFolder()
        let sealed = try SampleProfile.sealed()
        for name in [".lobscope-1f.tmp", ".x.json.zst", "report.md", "SHA256SUMS", sealed.name] {
            _ = try folder.put(sealed.frame, name)
        }
        #expect(try SnapshotListing.names(in: folder.path) == [sealed.name])
    }

    @Test func aNameThatIsNoUTF8HidesNoOther() throws {
        let folder = try ScratchFolder()
        let sealed = try SampleProfile.sealed()
        _ = try folder.put(sealed.frame, sealed.name)
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", "printf x >\"$1/$(printf '\\377\\376.json.zst')\"", "sh", folder.path]
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0)
        let entries = try SnapshotListing.list(folder.path) { $1.json }
        #expect(entries.contains { $0.name == sealed.name && (try? $0.result.get()) == SampleProfile.json() })
    }

    @Test func aFolderThatIsNotThereIsNamed() throws {
        let folder = try ScratchFolder()
        let error = #expect(throws: StoreError.self) { try SnapshotListing.names(in: folder.file("none")) }
        #expect(error?.path == folder.file("none"))
    }
}
