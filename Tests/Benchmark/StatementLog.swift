import EphemeralPostgreSQL
import Foundation

/// What the server logged of its statements from some point on.
struct StatementLog {
    /// One message about a statement: parsed, bound or run.
    struct Entry {
        let application: String
        /// Milliseconds since 1970.
        let end: Double
        let milliseconds: Double
        var text: String

        var start: Double { end - milliseconds }
    }

    private let path: String
    private let offset: UInt64

    /// Remembers where the log ends now.
    init(_ server: EphemeralCluster) {
        path = server.logFile
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
        offset = size?.uint64Value ?? 0
    }

    /// The entries of one application since then, in the order of their starts.
    func entries(of application: String) throws -> [Entry] {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        try file.seek(toOffset: offset)
        let text = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
        var entries: [Entry] = []
        for line in text.split(separator: "\n") {
            if let entry = Self.entry(line) {
                entries.append(entry)
            } else if line.first == "\t", !entries.isEmpty {
                entries[entries.count - 1].text += line
            }
        }
        return entries.filter { $0.application == application }.sorted { $0.start < $1.start }
    }

    /// Reads a line such as `application|seconds|LOG:  duration: 0.123 ms  ...`.
    private static func entry(_ line: Substring) -> Entry? {
        let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let end = Double(parts[1]), parts[2].hasPrefix("LOG:  duration: ") else {
            return nil
        }
        let rest = parts[2].dropFirst("LOG:  duration: ".count)
        guard let time = rest.split(separator: " ").first.flatMap({ Double($0) }) else { return nil }
        return Entry(application: String(parts[0]), end: end * 1000, milliseconds: time, text: String(rest))
    }

    /// The entries from the first on that names something: without the ones that read the catalog.
    func entries(of application: String, from name: String) throws -> [Entry] {
        let all = try entries(of: application)
        guard let first = all.firstIndex(where: { $0.text.contains(name) }) else {
            throw BenchmarkError.noEntry(name)
        }
        return Array(all[first...])
    }
}

extension [StatementLog.Entry] {
    /// Time that sessions spent on statements, added up.
    var busy: Double { reduce(0) { $0 + $1.milliseconds } }
    /// Time from the first start to the last end.
    var elapsed: Double { (map(\.end).max() ?? 0) - (map(\.start).min() ?? 0) }
}
