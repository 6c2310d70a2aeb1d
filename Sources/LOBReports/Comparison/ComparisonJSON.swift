public import LOBProfile
import SizeStatistics

/// A comparison as JSON: every table that changed, with what got worse.
public enum ComparisonJSON {
    /// The version of the document's shape.
    public static let schemaVersion = 1

    /// The document, names exact.
    public static func render(_ comparison: Comparison) -> [UInt8] {
        let document = JSONValue.members([
            "schemaVersion": .integer(schemaVersion),
            "old": side(comparison.old),
            "new": side(comparison.new),
            "worse": .bool(comparison.isWorse),
            "tables": .array(comparison.changedTables.map(table)),
        ])
        return document.prettyBytes
    }

    private static func side(_ side: Comparison.Side) -> JSONValue {
        .members([
            "database": JSONText.name(side.database),
            "startedAt": .text(TimeText.utc(side.startedAt)),
            "complete": .bool(side.isComplete),
        ])
    }

    private static func table(_ change: TableChange) -> JSONValue {
        .members([
            "schema": JSONText.name(change.name.schema),
            "table": JSONText.name(change.name.name),
            "change": .text(change.old == nil ? "added" : change.new == nil ? "removed" : "changed"),
            "old": change.old.map(state) ?? .null,
            "new": change.new.map(state) ?? .null,
            "worse": .array(change.worsenings.map { .text(ComparisonText.sentence($0, of: change)) }),
            "columns": .array(change.columns.filter { $0.old != $0.new }.map(column)),
        ])
    }

    private static func state(_ state: TableChange.TableState) -> JSONValue {
        .members([
            "rows": .integer(state.rows),
            "limitKiB": JSONText.integer(state.limit?.count),
            "mode": .text(state.mode.rawValue),
            "bulkMaxSizeKiB": .integer(state.bulkMaxSize.count),
            "risk": JSONText.real(state.risk),
        ])
    }

    private static func column(_ change: TableChange.ColumnChange) -> JSONValue {
        .members([
            "schema": JSONText.name(change.relation.schema),
            "table": JSONText.name(change.relation.name),
            "name": JSONText.name(change.name),
            "old": change.old.map(columnState) ?? .null,
            "new": change.new.map(columnState) ?? .null,
        ])
    }

    private static func columnState(_ state: TableChange.ColumnState) -> JSONValue {
        .members([
            "type": JSONText.name(state.typeName),
            "coverage": .text(state.coverage.rawValue),
            "largestBytes": JSONText.integer(state.largest?.bytes),
            "limitBytes": JSONText.integer(state.limit?.bytes),
        ])
    }
}
