import LOBAdvice
import SizeStatistics

/// A truncation report for programs.
enum TruncationJSON {
    /// The version of the document's shape.
    static let schemaVersion = 1

    /// The document.
    static func render(_ report: TruncationReport) -> [UInt8] {
        let document = JSONValue.members([
            "schemaVersion": .integer(schemaVersion),
            "lobscope": .text(report.profile.lobscopeVersion),
            "database": JSONText.name(report.profile.database),
            "startedAt": .text(TimeText.utc(report.profile.startedAt)),
            "log": log(report.summary),
            "truncations": .array(report.evidence.outcomes.map(outcome)),
            "unlisted": .members([
                "columns": .integer(report.evidence.unlisted.columns),
                "values": .integer(report.evidence.unlisted.values),
            ]),
            "applyExceptions": report.exceptions.map { .array($0.map(exception)) } ?? .null,
            "validationFailures": report.validationFailures.map { .array($0.map(validationFailure)) }
                ?? .null,
            "findings": .array(report.findings.map(JSONFinding.json)),
            "remeasure": .array(report.relations.map(name)),
            "restarts": .array(report.restarts.map(restart)),
        ])
        return document.prettyBytes
    }

    private static func log(_ summary: TruncationSummary) -> JSONValue {
        let failures = summary.bulkApplyFailures.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return .members([
            "files": .integer(summary.logs.count),
            "filesNotRead": .integer(summary.logs.unread),
            "namesNotRead": .array(summary.logs.namesUnread.map { .text($0) }),
            "filesWithoutEntries": .integer(summary.logs.withoutEntries),
            "namesWithoutEntries": .array(summary.logs.namesWithoutEntries.map { .text($0) }),
            "lines": .integer(summary.lines),
            "entries": .integer(summary.entries),
            "failedLoads": .integer((summary.failures[.load] ?? 0) + (summary.failures[.table] ?? 0)),
            "malformedValues": .integer(summary.failures[.malformedValue] ?? 0),
            "changesWithoutRow": .integer(summary.failures[.noRow] ?? 0),
            "notUnderstood": .integer(summary.notUnderstood),
            "overlongLines": .integer(summary.overlongLines),
            "bulkApplyFailures": .array(
                failures.map { .members(["source": .text($0.key), "count": .integer($0.value)]) }),
        ])
    }

    private static func outcome(_ outcome: TruncationOutcome) -> JSONValue {
        let cut = outcome.truncation
        return .members([
            "place": .text(cut.place.text),
            "schema": outcome.relation.map { JSONText.name($0.schema) } ?? .null,
            "table": outcome.relation.map { JSONText.name($0.name) } ?? .null,
            "cutAtBytes": JSONText.integer(cut.limit.bytes),
            "values": .integer(cut.count),
            "largestBytes": JSONText.integer(cut.largestLength?.bytes),
            "unknownLengths": .integer(cut.unknownLengths),
            "components": .array(
                cut.components.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { .text($0) }),
            "first": JSONText.text(cut.times?.lowerBound.description),
            "last": JSONText.text(cut.times?.upperBound.description),
            "neededKiB": .integer(outcome.needed.count),
            "neededIsLowerBound": .bool(outcome.needsAtLeast),
            "predictedKiB": JSONText.integer(outcome.predicted?.count),
            "measuredLargestBytes": JSONText.integer(outcome.largestMeasured?.bytes),
            "measuredLargestProvenance": JSONText.text(outcome.largestSize?.provenance.rawValue),
            "coverage": JSONText.text(outcome.coverage?.rawValue),
            "recommended": outcome.recommended?.json ?? .null,
            "deployed": outcome.deployed.map { deployed($0, outcome) } ?? .null,
        ])
    }

    private static func deployed(
        _ deployed: TasksInForce.Deployed, _ outcome: TruncationOutcome
    ) -> JSONValue {
        let standing: String
        switch deployed.standing(cutAt: outcome.truncation.limit, needed: outcome.needed) {
        case .cut: standing = "cut"
        case .changed(_, let holds): standing = holds ? "holds-now" : "too-small"
        case .unlimited: standing = "unlimited"
        case .leftOut: standing = "left-out"
        case .unknown: standing = "unknown"
        }
        return .members([
            "task": JSONText.text(deployed.task),
            "rule": .text(RuleText.words(deployed.lobs)),
            "decidedBy": .text(RuleText.origin(deployed.lobs)),
            "standing": .text(standing),
        ])
    }

    private static func validationFailure(_ failure: ValidationFailure) -> JSONValue {
        .members([
            "task": JSONText.name(failure.task),
            "schema": JSONText.name(failure.table.schema),
            "table": JSONText.name(failure.table.name),
            "type": JSONText.text(failure.kind?.rawValue),
            "rows": .integer(failure.count),
            "repaired": .integer(failure.repaired),
            "first": JSONText.text(failure.times?.lowerBound),
            "last": JSONText.text(failure.times?.upperBound),
        ])
    }

    private static func exception(_ exception: ApplyException) -> JSONValue {
        .members([
            "task": JSONText.name(exception.task),
            "schema": JSONText.name(exception.table.schema),
            "table": JSONText.name(exception.table.name),
            "sqlState": JSONText.text(exception.sqlState),
            "noRow": .bool(exception.reason == .noRow),
            "changes": .integer(exception.count),
            "first": JSONText.text(exception.times?.lowerBound),
            "last": JSONText.text(exception.times?.upperBound),
            "malformedValue": .bool(exception.isMalformedValue),
        ])
    }

    private static func restart(_ restart: PartialRestart) -> JSONValue {
        .members([
            "slot": restart.slot.map { JSONText.name($0) } ?? .null,
            "task": JSONText.text(restart.task),
            "tables": restart.tables.map { .array($0.map(name)) } ?? .null,
            "cutTables": .array(restart.cutTables.map(name)),
            "truncateAll": JSONText.text(restart.truncateAll),
            "truncateCut": JSONText.text(restart.truncateCut),
        ])
    }

    private static func name(_ name: RelationName) -> JSONValue {
        .members(["schema": JSONText.name(name.schema), "table": JSONText.name(name.name)])
    }
}
