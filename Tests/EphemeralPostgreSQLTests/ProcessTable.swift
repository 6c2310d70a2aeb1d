import Foundation

/// What the operating system says about processes.
enum ProcessTable {
    /// Whether a process exists and is not a zombie.
    static func isAlive(_ pid: Int32) -> Bool {
        guard kill(pid, 0) == 0 || errno == EPERM else { return false }
        return status(of: pid, "State") != []
    }

    /// Waits up to ten seconds for a process to end and a folder to go.
    static func isGone(_ pid: Int32, andFolder folder: String) async throws -> Bool {
        for _ in 0..<200 {
            if !isAlive(pid), !FileManager.default.fileExists(atPath: folder) { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }

    /// The numbers in one line of `/proc/<pid>/status`, or nil where there is none.
    ///
    /// `State` gives [] for a zombie and nil otherwise.
    static func status(of pid: Int32, _ key: String) -> [Int]? {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8) else {
            return nil
        }
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split { $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: " ") }
            guard let first = fields.first, first.elementsEqual("\(key):".utf8) else { continue }
            if key.utf8.elementsEqual("State".utf8) {
                return fields.dropFirst().first?.elementsEqual("Z".utf8) == true ? [] : nil
            }
            return fields.dropFirst().compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        }
        return nil
    }
}
