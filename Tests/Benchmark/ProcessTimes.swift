import Foundation

/// What Linux tells of processes in `/proc`; zero elsewhere.
enum ProcessTimes {
    /// Processor seconds of the ended children of a process, or of this one.
    static func ofEndedChildren(of process: Int32?) -> Double {
        let path = "/proc/\(process.map(String.init) ?? "self")/stat"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let name = text.lastIndex(of: ")")
        else { return 0 }
        // proc(5): the 16th and 17th field are cutime and cstime; the third comes after the name.
        let fields = text[text.index(after: name)...].split(separator: " ")
        guard fields.count > 14, let user = Double(fields[13]), let system = Double(fields[14]) else {
            return 0
        }
        return (user + system) / ticksPerSecond
    }

    /// The most memory that a running process has held so far.
    static func peakMebibytes(of process: Int32) -> Double {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else {
            return 0
        }
        for line in text.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            return (line.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0) / 1024
        }
        return 0
    }

    /// `USER_HZ`, which is 100 on every Linux.
    private static let ticksPerSecond = 100.0
}
