import Foundation

/// The report: each target, what was measured, and on what.
struct PerformanceReport {
    let machine: Machine
    let server: String
    let scale: Double
    let repeats: Int
    let seconds: Double
    let results: [Measured]

    var markdown: String {
        let targets = results.filter(\.limit.isFinite)
        let missed = targets.count { !$0.isKept }
        return """
            # Performance

            Written by `script/bench` in \(seconds.fixed(0)) s: \(targets.count - missed) of \(targets.count) targets \
            kept, \(missed) missed.

            - Machine: \(machine.processor), \(machine.cores) cores, \(machine.memory) of memory, load \
            \(machine.load) when it ended.
            - Server: PostgreSQL \(server), shared_buffers 1 GB, no JIT and no parallel workers on either side; warm \
            unless told.
            - Size: \(scale == 1 ? "as in the targets" : "\(scale.fixed(3)) of that in the targets").
            - Each comparison ran in turns, A B A B, \(repeats) pairs after one to warm up (fewer for the slowest). The \
            ratio is the median of the ratios of neighbours; the times are medians.
            - Rows 1 to 8 and 12 are whole processes of the release binary, start-up and report included, against a query \
            over a connection that is open. Row 9 is time in the server's statement log. Row 14 is what the client waits for, and the \
            processor time of the whole process. Row 15 compares the seconds that `plan` tells with the whole process.
            - "By hand" is the best SQL that we could write for the same answer, on one connection, against the same query: \
            what lobscope cannot be faster than.

            | # | Work | Against | lobscope | Other | Measured | At most | |
            | ---: | --- | --- | ---: | ---: | ---: | ---: | --- |

            """ + results.map(line).joined()
    }

    private func line(_ result: Measured) -> String {
        let measured = result.value.isFinite ? value(result.value, result.unit) : "not measured"
        let least = result.least.map { value($0, result.unit) + " to " } ?? ""
        return "| \(result.row) | \(result.work) | \(result.against) | \(result.ours) | \(result.theirs) | "
            + (result.limit.isFinite
                ? "\(measured) | \(least)\(value(result.limit, result.unit)) | \(result.isKept ? "kept" : "**missed**") |\n"
                : "\(measured) | | by hand |\n")
    }

    private func value(_ number: Double, _ unit: Measured.Unit) -> String {
        switch unit {
        case .ratio: number.fixed(number < 0.1 ? 3 : 2) + "x"
        case .seconds: number.fixed(2) + " s"
        case .milliseconds: number.fixed(1) + " ms"
        case .mebibytes: number.fixed(0) + " MiB"
        case .megabytes: number.fixed(1) + " MB"
        case .percent: number.fixed(1) + " %"
        }
    }
}

/// What the figures were measured on.
struct Machine {
    let processor: String
    let cores: Int
    let memory: String
    let load: String

    static var current: Machine {
        let lines = text("/proc/cpuinfo").split(separator: "\n")
        let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
        let gibibytes = Double(ProcessInfo.processInfo.physicalMemory) / 1_073_741_824
        return Machine(
            processor: model.map { String($0.drop { $0 == " " }) } ?? "unknown processor",
            cores: ProcessInfo.processInfo.activeProcessorCount, memory: gibibytes.fixed(0) + " GiB",
            load: text("/proc/loadavg").split(separator: " ").first.map(String.init) ?? "unknown")
    }

    private static func text(_ path: String) -> String {
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
}
