import Foundation
import LOBStore
import Testing

struct SnapshotDamageTests {
    private let folder: ScratchFolder
    private let path: String
    private let original: [UInt8]

    init() throws {
        folder = try ScratchFolder()
        var report = try ReportFolder.create(at: folder.file("report"))
        let sealed = try SampleProfile.sealed()
        try report.write(sealed.frame, named: sealed.name)
        try report.writeChecksums()
        path = report.path + "/" + sealed.name
        original = sealed.frame
    }

    @Test func everyFlippedBitOfAReportedSnapshotIsDetected() throws {
        #expect(original.count >= 4096)
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        for index in original.indices {
            for bit in 0..<8 {
                try put(original[index] ^ 1 << UInt8(bit), at: index, of: file)
                #expect(throws: StoreError.self, "bit \(bit) of byte \(index)") {
                    try SnapshotFile.verify(path)
                }
            }
            try put(original[index], at: index, of: file)
        }
        #expect(try SnapshotFile.verify(path).json == SampleProfile.json())
    }

    @Test func everyTruncationIsDetected() throws {
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        for length in original.indices.reversed() {
            try file.truncate(atOffset: UInt64(length))
            #expect(throws: StoreError(path, .truncated)) { try SnapshotFile.open(path) }
        }
    }

    @Test func aDamagedListOfDigestsIsNamed() throws {
        let list = folder.file("report/SHA256SUMS")
        try Data("no digest\n".utf8).write(to: URL(fileURLWithPath: list))
        #expect(throws: StoreError(list, .damaged(reason: "a line is not a digest and a name"))) {
            try SnapshotFile.verify(path)
        }
    }

    private func put(_ byte: UInt8, at index: Int, of file: FileHandle) throws {
        try file.seek(toOffset: UInt64(index))
        try file.write(contentsOf: Data([byte]))
    }
}
