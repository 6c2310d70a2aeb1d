import Foundation
import LOBReports
import TestSupport
import Testing

/// `reports/example` is what the snapshot in it renders to; `script/example` writes it.
@Suite struct ExampleTests {
    private static let folder = Readme.root + "/reports/example"

    private static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
    }

    private static func snapshot() throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let snapshots = names.filter { $0.hasSuffix(".json.zst") }
        try #require(snapshots.count == 1, "\(snapshots)")
        return folder + "/" + snapshots[0]
    }

    @Test(arguments: ReportFormat.allCases.filter { $0.fileName != nil })
    func everyFileIsWhatTheSnapshotRendersTo(_ format: ReportFormat) async throws {
        let name = try #require(format.fileName)
        let outcome = try await BuiltProduct("lobscope").run(
            ["render", try Self.snapshot(), "--format", format.rawValue])
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        #expect(outcome.stdout == (try Self.bytes(name)), "\(name) differs\nhint: script/example")
    }

    @Test func theSumsAreThoseOfAllFiles() async throws {
        let outcome = try await BuiltProduct("bash").run([
            "-c", "cd \"$0\" && sha256sum --strict -c SHA256SUMS", Self.folder,
        ])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errorOutput)")
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter {
            !$0.hasSuffix(".png")
        }
        #expect(outcome.output.split(separator: "\n").count == files.count - 1)
    }

    @Test func nothingInItTellsOfTheMachineThatMadeIt() async throws {
        let outcome = try await BuiltProduct("bash").run(["-c", "zstd -dc < \"$0\"", try Self.snapshot()])
        let text = outcome.output
        #expect(!text.isEmpty)
        #expect(!text.contains(ProcessInfo.processInfo.hostName))
        for path in ["/tmp", "/home", "/root", "/usr", "/work", "/var"] {
            #expect(!text.contains(path), "\(path)")
        }
    }

    @Test func thePicturesAreSmall() throws {
        for name in ["report-light.png", "report-dark.png"] {
            let picture = try Self.bytes(name)
            #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]))
            #expect(picture.count < 300_000)
        }
    }
}
