import LOBAdvice

/// A roll-up in the text format of OpenMetrics 1.0: gauges, with the labels of each database.
///
/// What is not known has no sample: a 0 would be taken for a figure.
struct FleetMetrics {
    private let summary: FleetSummary

    init(_ summary: FleetSummary) {
        self.summary = summary
    }

    /// A family of samples.
    private struct Gauge {
        let name: String
        /// The unit, which the name ends in; nil for numbers without one.
        let unit: String?
        let help: String
        /// A sample of an entry: further labels and the value; nil where there is none.
        let sample: (FleetEntry) -> (labels: [(String, String)], value: String)?
    }

    /// The file.
    var bytes: [UInt8] {
        Array((gauges.map(text).joined() + "# EOF\n").utf8)
    }

    private var gauges: [Gauge] {
        [
            Gauge(
                name: "lobscope_profile_outcome", unit: nil,
                help: "What became of the profile: 0 complete, 1 partial, 2 failed."
            ) { ([], Self.number(of: $0.outcome)) },
            Gauge(
                name: "lobscope_verdict", unit: nil,
                help: "Whether the proposed tasks can be run: 0 READY, 1 READY WITH NOTES, 2 NOT READY."
            ) { entry in entry.figures.map { ([], Self.number(of: $0.verdict)) } },
        ] + figures
    }

    private var figures: [Gauge] {
        let asOf = summary.asOf ?? 0
        return [
            gauge(
                "lobscope_largest_value_bytes", "bytes",
                "Largest value of a LOB column; provenance says how it is known."
            ) {
                figures in
                guard figures.largest.place != nil, let size = figures.largest.size.value else { return nil }
                return ([("provenance", figures.largest.size.provenance.rawValue)], "\(size)")
            },
            gauge(
                "lobscope_limit_kibibytes", "kibibytes",
                "LobMaxSize of the proposed task, in KB of 1,024 bytes as DMS counts."
            ) {
                $0.lobMaxSize.map { ([], "\($0.count)") }
            },
            gauge(
                "lobscope_limit_exhausted_days", "days",
                "Days until the first limit of a rule is used up at the expected growth, from the moment of the roll-up."
            ) { figures in
                figures.exhaustedAt.map { end in
                    ([], NumberText.decimal(Double(end - asOf) / 86_400, places: 2))
                }
            },
            gauge("lobscope_unmeasured_columns", nil, "Columns that were not measured, or not in full.") {
                $0.unmeasuredColumns.map { ([], "\($0)") }
            },
            gauge("lobscope_finding_errors", nil, "Findings of severity error that nobody accepted.") {
                ([], "\($0.findings[.error])")
            },
            gauge("lobscope_finding_warnings", nil, "Findings of severity warning that nobody accepted.") {
                ([], "\($0.findings[.warning])")
            },
            gauge(
                "lobscope_snapshot_timestamp_seconds", "seconds",
                "When measuring began, in seconds since 1970."
            ) {
                ([], "\($0.measuredAt)")
            },
        ]
    }

    private func gauge(
        _ name: String, _ unit: String?, _ help: String,
        _ sample: @escaping (FleetFigures) -> (labels: [(String, String)], value: String)?
    ) -> Gauge {
        Gauge(name: name, unit: unit, help: help) { $0.figures.flatMap(sample) }
    }

    private static func number(of outcome: FleetEntry.Outcome) -> String {
        switch outcome {
        case .complete: "0"
        case .partial: "1"
        case .failed: "2"
        }
    }

    private static func number(of verdict: Verdict) -> String {
        switch verdict {
        case .ready: "0"
        case .readyWithNotes: "1"
        case .notReady: "2"
        }
    }

    /// The lines of a family; nothing where it has no sample.
    private func text(_ gauge: Gauge) -> String {
        let samples = summary.entries.compactMap { entry in
            gauge.sample(entry).map { "\(gauge.name){\(labels(entry, $0.labels))} \($0.value)\n" }
        }
        guard !samples.isEmpty else { return "" }
        let unit = gauge.unit.map { "# UNIT \(gauge.name) \($0)\n" } ?? ""
        return "# HELP \(gauge.name) \(Self.escape(gauge.help))\n# TYPE \(gauge.name) gauge\n" + unit
            + samples.joined()
    }

    private func labels(_ entry: FleetEntry, _ more: [(String, String)]) -> String {
        let database = entry.figures.map { [("database", $0.database.losslessText)] } ?? []
        let own = [("name", entry.name)] + database + entry.labels.map { ($0.name, $0.value) } + more
        return own.map { "\($0.0)=\"\(Self.escape($0.1))\"" }.joined(separator: ",")
    }

    /// The inside of a quoted text: a backslash, a quotation mark and a line feed are escaped, after what is not seen.
    private static func escape(_ text: String) -> String {
        VisibleText.escape(text).unicodeScalars.reduce(into: "") { output, scalar in
            switch scalar {
            case "\\": output += "\\\\"
            case "\"": output += "\\\""
            case "\n": output += "\\n"
            default: output.unicodeScalars.append(scalar)
            }
        }
    }
}
