import DMS
import LOBAdvice

/// What is said of logs as a whole.
extension TruncationFinding {
    func textOfLog(_ subject: String) -> FindingText {
        switch self {
        case .unlistedTables(let count):
            .init(
                "entries about failures name \(count) more tables that the profile does not have",
                remedy: Self.profileThem)
        case .batchesFailed(let count):
            .init(
                "\"\(subject)\": \(count) batches failed and were applied one by one",
                remedy: "look for cut values or unlimited tables in the task, and see awsdms_apply_exceptions"
            )
        case .failedSomewhere(let failure, let entries): failure.textOfLog(entries)
        case .notRead(let count, let all, let names):
            .init(
                "\(count) of \(all) logs could not be read (\(Self.list(names, of: count))): what they tell is not known",
                remedy: "leave out what is not a log, or fetch it again; each reason is among the messages")
        case .withoutEntries(let count, let all, let names, let lines):
            Self.withoutEntries(count, of: all, names, lines)
        case .notUnderstood(let lines, let overlong):
            .init(
                "the log has \(lines) lines about truncations in an unknown form, and \(overlong) lines longer than "
                    + "\(LineSplitter.longestLine) bytes",
                remedy: "look at them by hand: there may be more truncations than are listed")
        case .seen, .lengthUnknown, .cutByEndpoint, .unmatched, .unlistedColumns, .failed, .refused, .differs:
            text(of: subject)
        }
    }

    private static func list(_ names: [String], of count: Int) -> String {
        let rest = count - names.count
        return names.map { "\"\($0)\"" }.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    /// A log in which nothing looks like DMS is no all-clear, whatever is in others.
    private static func withoutEntries(
        _ count: Int, of all: Int, _ names: [String], _ lines: Int
    ) -> FindingText {
        let areSeveral = all > 1
        let place =
            areSeveral ? "\(count) of \(all) logs (\(list(names, of: count)))" : "the log (lines: \(lines))"
        return .init(
            "nothing in \(place) looks like an entry of DMS: that no truncation was found \(areSeveral ? "there " : "")says nothing",
            remedy: (areSeveral ? "leave out what is not a log of a task, or " : "")
                + "read the task's log: aws logs filter-log-events --log-group-name dms-tasks-INSTANCE "
                + "--log-stream-name-prefix dms-task-TASK --filter-pattern '\(filterPattern)'")
    }

    /// What matches every entry that is read: a failed statement too, for it names the table of the refusal behind it.
    ///
    /// The last word is in every log of a task: an answer that has it and no cut says something.
    private static let filterPattern =
        #"?truncated ?SqlState ?"execute statement" ?"malformed JSON" ?"Malformed JSON" ?"invalid input syntax for type json" ?"rows affected" ?"Bulk apply" ?"failed to load" "#
        + #"?"loading failed" ?errored ?TASK_MANAGER"#
}

extension TruncationSummary.TableFailure {
    fileprivate func textOfLog(_ entries: Int) -> FindingText {
        switch self {
        case .load, .table:
            .init(
                "the log has \(entries) entries about data that could not be loaded",
                remedy:
                    "look for the tables in the entries beside them: what was not loaded is missing on the target"
            )
        case .malformedValue:
            .init(
                "the target refused \(entries) values as malformed, \(TruncationFinding.asCut); the log does not say of which "
                    + "table",
                remedy:
                    "see awsdms_apply_exceptions of the target (--exceptions), and load the tables again with a corrected rule"
            )
        case .noRow: Self.withoutRow("", entries)
        }
    }
}
