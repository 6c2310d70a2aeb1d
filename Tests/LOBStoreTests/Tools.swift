import Foundation

/// Programs that a test needs beside the package.
enum Tools {
    /// Whether a program is installed; always true with `CI=true`, so that a missing one fails the test there.
    static func has(_ name: String) -> Bool {
        let variables = ProcessInfo.processInfo.environment
        if variables["CI"] == "true" { return true }
        let folders = (variables["PATH"] ?? "").utf8.split(separator: UInt8(ascii: ":"))
        return folders.contains {
            FileManager.default.isExecutableFile(atPath: String(decoding: $0, as: UTF8.self) + "/" + name)
        }
    }

    /// A script of the package.
    static func script(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("script/" + name).path
    }
}
