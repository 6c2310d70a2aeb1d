import DMS

/// What logs say beside cut values: what failed on the target, and what was not understood.
struct LogAdvice {
    let findings: [Finding]
    /// The relations of the profile of which values were refused as malformed, and that can have been cut.
    let relations: [RelationName]

    init(_ summary: TruncationSummary, _ catalog: TruncationCatalog) {
        let tables = summary.failuresByTable.sorted { $0.key < $1.key }.map { target, failures in
            (target: target, sources: catalog.sources(of: target), failures: failures)
        }
        let known = tables.filter { !$0.sources.isEmpty }
        // Of tables that the profile does not have, those come first of which rows are missing for certain.
        let unknown = tables.filter(\.sources.isEmpty)
        let strangers =
            unknown.filter { Self.losesRows($0.failures) } + unknown.filter { !Self.losesRows($0.failures) }
        let listed = known + strangers.prefix(TruncationAdvice.mostUnknown)
        findings =
            Self.ofWhole(summary) + listed.flatMap { Self.ofTable($0.target, $0.sources, $0.failures) }
            + Self.unlisted(strangers.dropFirst(TruncationAdvice.mostUnknown).map(\.failures))
        relations = known.filter { $0.failures[.malformedValue] != nil }.flatMap(\.sources).filter {
            $0.lobColumns.contains { $0.family.isStructured }
        }.map(\.name)
    }

    /// A name of the target, with the source's where that is another.
    private static func subject(_ target: RelationName, _ sources: [Relation]) -> (
        name: String, label: String
    ) {
        let names = Set(sources.map(\.logicalName)).sorted().map(\.losslessText)
        let name = names.first ?? target.losslessText
        let isRenamed =
            !sources.isEmpty && !sources.contains { $0.name == target || $0.logicalName == target }
        return (name, "\"\(name)\"" + (isRenamed ? " (on the target \"\(target.losslessText)\")" : ""))
    }

    /// Whether rows or values are missing on the target for certain.
    private static func losesRows(_ failures: [TruncationSummary.TableFailure: Int]) -> Bool {
        [.malformedValue, .table, .load].contains { failures[$0] != nil }
    }

    /// Tables that the profile does not have, beyond those that are listed.
    private static func unlisted(_ failures: [[TruncationSummary.TableFailure: Int]]) -> [Finding] {
        guard !failures.isEmpty else { return [] }
        return [
            TruncationID.ofUnknownTable.finding(
                failures.contains(where: losesRows) ? .error : .warning, "log",
                "entries about failures name \(failures.count) more tables that the profile does not have",
                remedy: profileThem)
        ]
    }

    /// What leads from names of a target to a profile.
    private static let profileThem =
        "give the tasks (--mapping) where rules rename tables, or profile the database that they read"

    /// What to do about values that were cut.
    static func correctRule(of sources: [Relation]) -> String {
        (sources.isEmpty ? profileThem : "measure the table again (--remeasure)")
            + ", deploy the corrected rule, and load the rows again"
    }

    private static func ofTable(
        _ target: RelationName, _ sources: [Relation], _ failures: [TruncationSummary.TableFailure: Int]
    ) -> [Finding] {
        let (name, label) = subject(target, sources)
        let stranger = sources.isEmpty ? "; the profile has no such table" : ""
        return failures.sorted { "\($0.key)" < "\($1.key)" }.map { failure, count in
            switch failure {
            case .malformedValue:
                TruncationID.malformedValue.finding(
                    .error, name,
                    "\(label): the target refused \(count) values as malformed, as json, xml and arrays are when they were cut "
                        + "on the way\(stranger)",
                    remedy: correctRule(of: sources))
            case .table, .load:
                TruncationID.failedLoad.finding(
                    .error, name,
                    "\(label): its load failed, or the task went on without it (entries: \(count)): rows are missing on the "
                        + "target\(stranger)",
                    remedy: "mend what the entries before it say, and reload the table")
            case .noRow:
                noRow(name, "\(label): the rows of \(count) changes were not on the target", stranger)
            }
        }
    }

    private static func noRow(_ subject: String, _ message: String, _ stranger: String = "") -> Finding {
        TruncationID.changeWithoutRow.finding(
            .warning, subject, message + ", as those that were refused or cut before are not" + stranger,
            remedy: "look for malformed values and failed loads of the table, and load it again")
    }

    private static func ofWhole(_ summary: TruncationSummary) -> [Finding] {
        var found = summary.bulkApplyFailures.map { source, count in
            TruncationID.bulkApplyFailed.finding(
                .warning, source, "\"\(source)\": \(count) batches failed and were applied one by one",
                remedy: "look for cut values or unlimited tables in the task, and see awsdms_apply_exceptions"
            )
        }
        found += failures(summary)
        found += notRead(summary)
        return found
    }

    private static func failures(_ summary: TruncationSummary) -> [Finding] {
        var found: [Finding] = []
        let named = { (failure: TruncationSummary.TableFailure) in
            summary.failuresByTable.values.reduce(0) { $0 + ($1[failure] ?? 0) }
        }
        let loads = summary.failures[.load] ?? 0
        if loads > 0 {
            found.append(
                TruncationID.failedLoad.finding(
                    .error, "log", "the log has \(loads) entries about data that could not be loaded",
                    remedy:
                        "look for the tables in the entries beside them: what was not loaded is missing on the target"
                ))
        }
        let malformed = (summary.failures[.malformedValue] ?? 0) - named(.malformedValue)
        if malformed > 0 {
            found.append(
                TruncationID.malformedValue.finding(
                    .error, "log",
                    "the target refused \(malformed) values as malformed, as json, xml and arrays are when they were cut on the "
                        + "way; the log does not say of which table",
                    remedy:
                        "see awsdms_apply_exceptions of the target (--exceptions), and load the tables again with a "
                        + "corrected rule"))
        }
        let noRows = (summary.failures[.noRow] ?? 0) - named(.noRow)
        if noRows > 0 { found.append(noRow("log", "the rows of \(noRows) changes were not on the target")) }
        return found
    }

    private static func names(_ names: [String], of count: Int) -> String {
        let rest = count - names.count
        return names.map { "\"\($0)\"" }.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    private static func unread(_ logs: LogsRead) -> Finding {
        TruncationID.notRead.finding(
            .error, "log",
            "\(logs.unread) of \(logs.count) logs could not be read (\(names(logs.namesUnread, of: logs.unread))): what they tell is "
                + "not known",
            remedy: "leave out what is not a log, or fetch it again; each reason is among the messages")
    }

    /// A log in which nothing looks like DMS is no all-clear, whatever is in others.
    private static func withoutEntries(_ summary: TruncationSummary) -> Finding {
        let logs = summary.logs
        let areSeveral = logs.count > 1
        let names = Self.names(logs.namesWithoutEntries, of: logs.withoutEntries)
        let what =
            areSeveral
            ? "nothing in \(logs.withoutEntries) of \(logs.count) logs (\(names)) looks like "
                + "an entry of DMS: that no truncation was found there says nothing"
            : "nothing in the log (lines: \(summary.lines)) looks like an entry of DMS: that no truncation was found says nothing"
        return TruncationID.noEntries.finding(
            .warning, "log", what,
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

    private static func notRead(_ summary: TruncationSummary) -> [Finding] {
        var found: [Finding] = []
        if summary.logs.unread > 0 { found.append(unread(summary.logs)) }
        if summary.logs.withoutEntries > 0 { found.append(withoutEntries(summary)) }
        if summary.notUnderstood + summary.overlongLines > 0 {
            found.append(
                TruncationID.lineNotUnderstood.finding(
                    .warning, "log",
                    "the log has \(summary.notUnderstood) lines about truncations in an unknown form, and "
                        + "\(summary.overlongLines) lines longer than \(LineSplitter.longestLine) bytes",
                    remedy: "look at them by hand: there may be more truncations than are listed"))
        }
        return found
    }
}
