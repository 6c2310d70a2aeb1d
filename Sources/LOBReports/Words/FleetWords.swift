public import LOBAdvice

/// What became of the databases of a roll-up, in words.
public enum FleetWords {
    /// `complete`, `partial`, or `failed`.
    public static func outcome(_ outcome: FleetEntry.Outcome) -> String {
        switch outcome {
        case .complete: "complete"
        case .partial: "partial"
        case .failed: "failed"
        }
    }

    /// What became of one database, such as `READY` or `failed: database "x" does not exist`.
    public static func ended(_ entry: FleetEntry) -> String {
        let verdict = entry.figures?.verdict.rawValue
        let reason = entry.reason?.message
        switch entry.outcome {
        case .complete: return verdict ?? outcome(entry.outcome)
        case .partial, .failed:
            let words = [outcome(entry.outcome), reason].compactMap(\.self).joined(separator: ": ")
            return [verdict, words].compactMap(\.self).joined(separator: ", ")
        }
    }

    /// What the verdict of all rests on: `1 failed, 2 partial, 3 NOT READY, 4 READY of 10 databases`.
    static func reason(_ summary: FleetSummary) -> String {
        let counts =
            [(summary.failed.count, "failed"), (summary.partial.count, "partial")]
            + Verdict.allCases.map { verdict in
                (summary.entries.count { $0.figures?.verdict == verdict }, verdict.rawValue)
            }
        let told = counts.filter { $0.0 > 0 }.map { "\(NumberText.grouped($0.0)) \($0.1)" }
        return told.joined(separator: ", ") + " of \(NumberText.counted(summary.entries.count, "database"))"
    }

    /// How much older than the moment of a roll-up a profile is, in days or hours; `now` up to an hour.
    static func age(_ seconds: Int64) -> String {
        switch seconds {
        case ..<(-3600): "later"
        case ..<3600: "now"
        case ..<172_800: "\(seconds / 3600) h"
        default: NumberText.counted(Int(seconds / 86_400), "day")
        }
    }

    /// `team=shop, env=prod`.
    static func labels(_ entry: FleetEntry) -> String {
        entry.labels.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
    }

    /// Some names, and how many more there are.
    static func names(_ names: [String], atMost most: Int) -> PageText {
        var text: PageText = ""
        for (index, name) in names.prefix(most).enumerated() {
            text = "\(text)\(index == 0 ? "" : ", ")\(code: name)"
        }
        let rest = names.count - most
        return rest > 0 ? "\(text) and \(NumberText.grouped(rest)) more" : text
    }
}
