import Foundation
import TestSupport

/// Sizes of real values in the order in which they were found: the data of the calibration.
enum RealSizes {
    /// The sizes in bytes of one set.
    ///
    /// - Throws: where `gzip` does not run or the set is missing.
    static func read(_ name: String, limit: Int = .max) async throws -> [Int] {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.appendingPathComponent("Calibration/Data/\(name).txt.gz").path
        let outcome = try await BuiltProduct("gzip").run(["-dc", file])
        guard outcome.status == 0 else { throw Missing(description: outcome.errorOutput) }
        return outcome.stdout.split(separator: UInt8(ascii: "\n")).prefix(limit).compactMap {
            Int(String(decoding: $0, as: UTF8.self))
        }
    }

    private struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    /// SQL that appends a text of each size to a table, in the order given: text that compresses to about a third.
    static func insert(_ sizes: some Sequence<Int>, into table: String) -> String {
        let list = sizes.map { "\($0)" }.joined(separator: ",")
        return """
            INSERT INTO \(table) (body)
            SELECT left((SELECT string_agg(repeat(md5(n::text || g::text), 3), '' ORDER BY g)
                           FROM generate_series(0, s / 96) g), s)
              FROM unnest('{\(list)}'::int[]) WITH ORDINALITY AS x(s, n) ORDER BY n;
            """
    }
}
