import LOBAdvice
import SizeStatistics

/// A comparison as JSON: every table that changed, with what got worse.
enum ComparisonJSON {
    /// The version of the document's shape.
    static let schemaVersion = 1

    /// The document, names exact.
    static func render(_ report: ComparisonReport) -> [UInt8] {
        let comparison = report.comparison
        let document = JSONValue.members([
            "schemaVersion": .integer(schemaVersion),
            "question": .text(comparison.question.rawValue),
            "old": side(comparison.old),
            "new": side(comparison.new),
            "worse": .bool(comparison.isWorse),
            "tables": .array(report.tables.map(table)),
            "rules": .array(report.rules.map(rule)),
            "outOfScope": .array(report.outOfScope.map(outOfScope)),
        ])
        return document.prettyBytes
    }

    private static func side(_ side: Comparison.Side) -> JSONValue {
        .members([
            "database": JSONText.name(side.database),
            "startedAt": .text(TimeText.utc(side.startedAt)),
            "complete": .bool(side.isComplete),
            "lobscope": .text(side.lobscopeVersion),
        ])
    }

    private static func outOfScope(_ left: OutOfScope) -> JSONValue {
        .members([
            "schema": JSONText.name(left.table.schema),
            "table": JSONText.name(left.table.name),
            "leftOutBy": .text(left.side.rawValue),
        ])
    }

    private static func kind(isAdded: Bool, isRemoved: Bool) -> JSONValue {
        .text(isAdded ? "added" : isRemoved ? "removed" : "changed")
    }

    private static func table(_ change: TableChange) -> JSONValue {
        let worse = change.worsenings.map { JSONValue.text(ComparisonWords.sentence($0, of: change)) }
        let columns = change.columns.filter(\.isChanged).map(column)
        return .members([
            "schema": JSONText.name(change.name.schema),
            "table": JSONText.name(change.name.name),
            "newSchema": change.newName.map { JSONText.name($0.schema) } ?? .null,
            "newTable": change.newName.map { JSONText.name($0.name) } ?? .null,
            "change": kind(isAdded: change.old == nil, isRemoved: change.new == nil),
            "compared": .bool(change.isCompared),
            "old": change.old.map(state) ?? .null,
            "new": change.new.map(state) ?? .null,
            "worse": .array(worse),
            "consequence": JSONText.text(change.consequence?.rawValue),
            "onlyAnotherSample": .bool(change.isOtherSample),
            "oldRule": change.isCompared ? change.outlook.map(outlook) ?? .null : .null,
            "columns": .array(columns),
        ])
    }

    private static func state(_ state: TableChange.TableState) -> JSONValue {
        .members([
            "rows": JSONText.integer(state.rows.value),
            "rowsExact": .bool(state.rows.provenance == .exact),
            "rowsProvenance": .text(state.rows.provenance.rawValue),
            "limitKiB": JSONText.integer(state.limit?.count),
            "mode": .text(state.mode.rawValue),
            "bulkMaxSizeKiB": .integer(state.bulkMaxSize.count),
            "risk": JSONText.real(state.risk),
        ])
    }

    private static func outlook(_ outlook: RuleOutlook) -> JSONValue {
        .members([
            "lobSettings": outlook.rule.json,
            "holds": outlook.holds.map { .bool($0) } ?? .null,
            "valuesCut": outlook.valuesCut.map { .array([.integer($0.lowerBound), .integer($0.upperBound)]) }
                ?? .null,
            "risk": JSONText.real(outlook.risk),
            "rowsPerDay": JSONText.real(outlook.rowsPerDay),
            "holdsUntil": JSONText.text(outlook.lifetime?.expected.map(TimeText.utc)),
            "holdsUntilEarliest": JSONText.text(outlook.lifetime?.earliest.map(TimeText.utc)),
        ])
    }

    private static func column(_ change: TableChange.ColumnChange) -> JSONValue {
        .members([
            "schema": JSONText.name(change.relation.schema),
            "table": JSONText.name(change.relation.name),
            "name": JSONText.name(change.name),
            "old": change.old.map(columnState) ?? .null,
            "new": change.new.map(columnState) ?? .null,
            "sizes": change.drift.map(drift) ?? .null,
        ])
    }

    private static func columnState(_ state: TableChange.ColumnState) -> JSONValue {
        .members([
            "type": JSONText.name(state.typeName),
            "coverage": .text(state.coverage.rawValue),
            "values": JSONText.integer(state.values),
            "largestBytes": JSONText.integer(state.largest?.bytes),
            "largestProvenance": .text(state.largestSize.provenance.rawValue),
            "limitBytes": JSONText.integer(state.limit?.bytes),
        ])
    }

    private static func drift(_ drift: SizeDrift) -> JSONValue {
        .members([
            "verdict": .text(drift.verdict.rawValue),
            "isOnlyTail": .bool(drift.isOnlyTail),
            "distance": JSONText.real(drift.sizes.distance),
            "distanceAtBytes": JSONText.integer(drift.sizes.distanceAt.bytes),
            "bodyProbability": JSONText.real(drift.sizes.bodyProbability),
            "tailProbability": JSONText.real(drift.sizes.tailProbability),
            "quantiles": .object(
                drift.sizes.quantiles.map { change in
                    let values = [change.before, change.after].map { JSONText.integer($0?.bytes) }
                    return JSONMember(key: Array("\(change.quantile)".utf8), value: .array(values))
                }),
        ])
    }

    private static func rule(_ change: RuleChange) -> JSONValue {
        .members([
            "schema": JSONText.name(change.table.schema),
            "table": JSONText.name(change.table.name),
            "change": kind(isAdded: change.old == nil, isRemoved: change.new == nil),
            "old": change.old?.json ?? .null,
            "new": change.new?.json ?? .null,
        ])
    }
}
