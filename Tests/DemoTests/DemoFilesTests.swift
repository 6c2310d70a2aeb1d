import Foundation
import Testing

@testable import lobscope

struct DemoFilesTests {
    @Test func onlyWorldReadableRegularFilesOfSystemFoldersAreFound() throws {
        let files = MachineFiles.found.all
        #expect(!files.isEmpty)
        for file in files.prefix(200) {
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(attributes[.type] as? FileAttributeType == .typeRegular)
            #expect(try #require(attributes[.posixPermissions] as? Int) & 0o004 != 0)
            for folder in ["/root", "/home", "/srv", "/opt", "/tmp", "/Users"] {
                #expect(!file.path.hasPrefix(folder + "/"))
            }
        }
    }

    @Test func linksAndPrivateFilesAreLeftOut() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("demo-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let target = folder.appendingPathComponent("a.txt")
        for name in ["a.txt", "private.txt"] {
            try Data("text".utf8).write(to: folder.appendingPathComponent(name))
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: target.path)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: folder.appendingPathComponent("private.txt").path)
        try FileManager.default.createSymbolicLink(
            at: folder.appendingPathComponent("link.txt"), withDestinationURL: target)
        try FileManager.default.createSymbolicLink(
            at: folder.appendingPathComponent("elsewhere"),
            withDestinationURL: URL(fileURLWithPath: "/usr/share"))
        var search = DemoFileSearch()
        search.visit(folder.path)
        #expect(search.found.map(\.path) == [target.path])
    }

    @Test func cycleReachesItsBudgetAndNamesEachItemOnce() throws {
        let file = try temporaryFile(Array(repeating: UInt8(ascii: "x"), count: 1000))
        defer { try? FileManager.default.removeItem(atPath: file.path) }
        var cycle = DemoFileCycle([file], budget: 10_000, asText: true)
        var paths: [String] = []
        while let item = cycle.next() { paths.append(item.path) }
        #expect(paths.count == 10)
        #expect(Set(paths).count == 10)
        #expect(cycle.round == 10)
    }

    @Test(arguments: [[0xFF, 0xFE], [0x61, 0x00], [0xC3]] as [[UInt8]])
    func cycleOfTextsEndsWhenNothingIsText(_ content: [UInt8]) throws {
        let file = try temporaryFile(content)
        defer { try? FileManager.default.removeItem(atPath: file.path) }
        #expect(DemoFileCycle([file], budget: 10_000, asText: true).map(\.number) == [])
        #expect(DemoFileCycle([], budget: 10_000, asText: true).map(\.number) == [])
        #expect(DemoFileCycle([file], budget: 4, asText: false).map(\.content).allSatisfy { $0 == content })
    }

    private func temporaryFile(_ content: [UInt8]) throws -> DemoFile {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("demo-\(UUID()).txt").path
        try Data(content).write(to: URL(fileURLWithPath: path))
        return DemoFile(path: path, size: content.count, modified: 0, kind: .document)
    }
}
