import Foundation

/// Sizes of real values in the order in which they were found: the data of the calibration.
public enum RealSizes {
    /// The sizes in bytes of one set.
    ///
    /// - Throws: where `gzip` does not run or the set is missing.
    public static func read(_ name: String, limit: Int = .max) async throws -> [Int] {
        try await lines(name, limit).compactMap { $0.first }
    }

    /// Stored size and size of the text, in bytes, of one set of real documents.
    ///
    /// - Throws: where `gzip` does not run or the set is missing.
    public static func pairs(_ name: String, limit: Int = .max) async throws -> [(stored: Int, size: Int)] {
        try await lines(name, limit).compactMap { $0.count == 2 ? ($0[0], $0[1]) : nil }
    }

    private static func lines(_ name: String, _ limit: Int) async throws -> [[Int]] {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.appendingPathComponent("Calibration/Data/\(name).txt.gz").path
        let outcome = try await BuiltProduct("gzip").run(["-dc", file])
        guard outcome.status == 0 else { throw Missing(description: outcome.errorOutput) }
        return outcome.stdout.split(separator: UInt8(ascii: "\n")).prefix(limit).map { line in
            line.split(separator: UInt8(ascii: " ")).compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        }
    }

    private struct Missing: Error, CustomStringConvertible {
        let description: String
    }
}
