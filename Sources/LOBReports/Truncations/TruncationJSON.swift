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
            "truncations": .array(report.outcomes.map(outcome)),
            "applyExceptions": report.exceptions.map { .array($0.map(exception)) } ?? .null,
            "findings": .array(report.findings.map(JSONFinding.json)),
            "remeasure": .array(report.relations.map(name)),
            "restarts": .array(report.restarts.map(restart)),
        ])
        return document.prettyBytes
    }

    private static func log(_ summary: TruncationSummary) -> JSONValue {
        let failures = summary.bulkApplyFailures.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return .members([
            "lines": .integer(summary.lines),
            "entries": .integer(summary.entries),
            "failedLoads": .integer(summary.failedLoads),
            "malformedValues": .integer(summary.malformedValues),
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
            "first": JSONText.text(cut.times?.lowerBound),
            "last": JSONText.text(cut.times?.upperBound),
            "neededKiB": .integer(outcome.needed.count),
            "neededIsLowerBound": .bool(outcome.needsAtLeast),
            "predictedKiB": JSONText.integer(outcome.predicted?.count),
            "measuredLargestBytes": JSONText.integer(outcome.largestMeasured?.bytes),
            "measuredLargestProvenance": JSONText.text(outcome.largestSize?.provenance.rawValue),
            "coverage": JSONText.text(outcome.coverage?.rawValue),
            "recommended": outcome.recommended?.json ?? .null,
        ])
    }

    private static func exception(_ exception: ApplyException) -> JSONValue {
        .members([
            "task": JSONText.name(exception.task),
            "schema": JSONText.name(exception.table.schema),
            "table": JSONText.name(exception.table.name),
            "sqlState": JSONText.text(exception.sqlState),
            "changes": .integer(exception.count),
            "first": JSONText.text(exception.times?.lowerBound),
            "last": JSONText.text(exception.times?.upperBound),
            "malformedValue": .bool(exception.isMalformedValue),
        ])
    }

    private static func restart(_ restart: PartialRestart) -> JSONValue {
        .members([
            "slot": restart.slot.map { JSONText.name($0) } ?? .null,
            "tables": restart.tables.map { .array($0.map(name)) } ?? .null,
            "cutTables": .array(restart.cutTables.map(name)),
            "truncateAll": JSONText.text(restart.truncateAll),
            "truncateCut": .text(restart.truncateCut),
        ])
    }

    private static func name(_ name: RelationName) -> JSONValue {
        .members(["schema": JSONText.name(name.schema), "table": JSONText.name(name.name)])
    }
}
