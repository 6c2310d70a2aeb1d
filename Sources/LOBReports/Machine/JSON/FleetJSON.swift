import LOBAdvice

/// A roll-up for programs: every database, the worst first.
enum FleetJSON {
    /// The version of the document's shape.
    static let schemaVersion = 1

    /// The document.
    static func render(_ summary: FleetSummary) -> [UInt8] {
        JSONValue.members([
            "schemaVersion": .integer(schemaVersion),
            "asOf": JSONText.text(summary.asOf.map(TimeText.utc)),
            "verdict": .text(summary.verdict.rawValue),
            "complete": .bool(summary.isComplete),
            "olderSnapshots": .integer(summary.older),
            "databases": .array(summary.entries.map { database($0, asOf: summary.asOf) }),
            "findings": .array(summary.findings.map(spread)),
        ]).prettyBytes
    }

    private static func database(_ entry: FleetEntry, asOf: Int64?) -> JSONValue {
        .members([
            "name": .text(entry.name),
            "labels": .object(
                entry.labels.map { JSONMember(key: Array($0.name.utf8), value: .text($0.value)) }),
            "outcome": .text(FleetWords.outcome(entry.outcome)),
            "reason": JSONText.text(entry.reason?.message),
            "hint": JSONText.text(entry.reason?.hint),
            "profile": entry.figures.map { figures($0, asOf: asOf) } ?? .null,
        ])
    }

    private static func figures(_ figures: FleetFigures, asOf: Int64?) -> JSONValue {
        .members([
            "database": JSONText.name(figures.database),
            "systemIdentifier": JSONText.text(figures.systemIdentifier),
            "startedAt": .text(TimeText.utc(figures.measuredAt)),
            "ageSeconds": JSONText.integer(asOf.map { $0 - figures.measuredAt }),
            "verdict": .text(figures.verdict.rawValue),
            "tables": .integer(figures.tables),
            "unmeasured": .integer(figures.unmeasured),
            "unmeasuredColumns": JSONText.integer(figures.unmeasuredColumns),
            "largest": largest(figures.largest),
            "rules": rules(figures.rules),
            "lobMaxSizeKiB": JSONText.integer(figures.lobMaxSize?.count),
            "memoryBytes": JSONText.integer(figures.memory?.bytes),
            "limitsHoldUntil": JSONText.text(figures.exhaustedAt.map(TimeText.utc)),
            "findings": .array(figures.findings.kinds.map(finding)),
            "acceptedFindings": .integer(figures.findings.accepted),
        ])
    }

    private static func largest(_ largest: LargestValue) -> JSONValue {
        .members([
            "bytes": JSONText.integer(largest.place == nil ? nil : largest.size.value),
            "provenance": .text(largest.size.provenance.rawValue),
            "schema": largest.place.map { JSONText.name($0.relation.schema) } ?? .null,
            "table": largest.place.map { JSONText.name($0.relation.name) } ?? .null,
            "column": largest.place.map { JSONText.name($0.column) } ?? .null,
            "lobColumns": .integer(largest.columns),
            "lobColumnsMeasured": .integer(largest.measuredColumns),
        ])
    }

    private static func rules(_ rules: RuleCounts) -> JSONValue {
        .object(
            LOBMode.allCases.map { mode in
                JSONMember(key: Array(mode.rawValue.utf8), value: .integer(rules.tables[mode] ?? 0))
            } + [JSONMember(key: Array("leftOut".utf8), value: .integer(rules.leftOut))])
    }

    private static func finding(_ kind: FindingCounts.Kind) -> JSONValue {
        .members([
            "id": .text(kind.id), "severity": .text(kind.severity.rawValue), "count": .integer(kind.count),
        ])
    }

    private static func spread(_ finding: FleetSummary.FindingSpread) -> JSONValue {
        .members([
            "id": .text(finding.id), "severity": .text(finding.severity.rawValue),
            "count": .integer(finding.count), "databases": .array(finding.databases.map { .text($0) }),
        ])
    }
}
