import LOBAdvice

extension RuleFinding {
    /// - Parameter name: of the rule, the table or the column.
    func text(of name: String) -> FindingText {
        switch self {
        case .ofRoot(let rule):
            .init(
                "\"\(name)\" is partitioned, and \(rule) matches none of its partitions",
                remedy: Self.selectLeaves)
        case .namesRoot:
            .init("\"\(name)\" is partitioned: rules must name its partitions", remedy: Self.selectLeaves)
        case .matchesNothing(let reason): reason.text(of: name)
        case .matchesMore(let first, let others):
            .init(
                "\(name) also matches \"\(first.losslessText)\""
                    + (others > 0 ? " and \(others) more" : "")
                    + ": in include and exclude rules _ stands for any one character",
                remedy:
                    "write [_] for each underscore, or use rule-action explicit for a table to be selected")
        case .selectedTwice(let tasks, let areChanges):
            .init(
                "\"\(name)\" is selected by \(tasks) tasks: its \(areChanges ? "changes" : "rows") are written more than once",
                remedy: "select it in one task, or divide its rows by filters")
        case .notSelected:
            .init(
                "\"\(name)\" is in the profile, but no task selects it: it is not migrated",
                remedy: "add a selection rule for it")
        case .unknownTable:
            .init(
                "\"\(name)\" has a rule, but the profile has no such table",
                remedy: "remove its rules, or profile the schema that holds it")
        case .column(let found, let rule): found.text(of: name, rule)
        }
    }

    /// What to do about a rule for a partitioned table.
    private static let selectLeaves = "use the recommended mapping, which selects the leaf partitions"
}

extension RuleFinding.OfColumn {
    fileprivate func text(of path: String, _ rule: String) -> FindingText {
        switch self {
        case .filterByLOB:
            .init(
                "\"\(path)\" is a LOB, and \(rule) filters by it: DMS does not filter by LOBs",
                remedy: "filter by another column")
        case .transformation(let action):
            .init(
                "\"\(path)\" is a LOB, and \(rule) has the action \(action): of LOB columns DMS supports only "
                    + "remove-column",
                remedy: "remove the rule, or change the column on the target after the migration")
        case .parallelLoadByLOB:
            .init(
                "\"\(path)\" is a LOB, and \(rule) divides the full load by its values: DMS does not take LOBs there",
                remedy: "use columns of the primary key")
        case .unknown(let isParallelLoad):
            .init(
                "\"\(path)\" does not exist, and \(rule) \(isParallelLoad ? "divides the full load by" : "filters by") it: DMS "
                    + "stops the table",
                remedy: "name a column of the table, as it is written in the catalog")
        }
    }
}

extension RuleFinding.NoMatch {
    fileprivate func text(of rule: String) -> FindingText {
        let asItIs = "write the name as it is, or remove the rule"
        let (reason, remedy): (String, String) =
            switch self {
            case .template:
                (
                    "it looks like a template that was not filled in",
                    "fill in the names, or remove the rule"
                )
            case .otherCase(let name): ("names count case, and there is \"\(name.losslessText)\"", asItIs)
            case .misspelt(let name): ("there is no such table, but \"\(name.losslessText)\"", asItIs)
            case .unknown:
                (
                    "it does nothing, or the profile leaves its tables out",
                    "remove the rule, or profile the schema that it names"
                )
            }
        return .init("\(rule) matches no table of the profile: \(reason)", remedy: remedy)
    }
}

extension MappingViolation {
    /// With what AWS says of it.
    var text: FindingText {
        .init(awsMessage.map { "\(message); AWS says: \($0)" } ?? message, remedy: remedy)
    }
}
