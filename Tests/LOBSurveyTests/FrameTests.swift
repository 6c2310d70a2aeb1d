import Foundation
import Testing

/// Every transaction of a survey has the same frame.
struct FrameTests {
    /// What a frame is made of, as it stands in a source.
    private static let signs = [".batch(", "\"BEGIN", "COMMIT\"", "SET LOCAL"]

    @Test func framesAreMadeInOneFolder() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/LOBSurvey")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var folders: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            guard Self.signs.contains(where: text.contains) else { continue }
            folders.insert(file.deletingLastPathComponent().lastPathComponent)
        }
        #expect(folders == ["Session"])
    }
}
