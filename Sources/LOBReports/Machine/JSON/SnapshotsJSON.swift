import LOBAdvice

/// Snapshots for programs: a list, and what one holds.
enum SnapshotsJSON {
    /// The version of the documents' shape.
    static let schemaVersion = 1

    /// A list, oldest first.
    static func list(_ report: SnapshotListReport) -> [UInt8] {
        JSONValue.members([
            "schemaVersion": .integer(schemaVersion),
            "snapshots": .array(report.entries.map(entry)),
        ]).prettyBytes
    }

    private static func entry(_ entry: SnapshotListReport.Entry) -> JSONValue {
        .members([
            "path": .text(entry.path),
            "database": JSONText.name(entry.database),
            "startedAt": .text(TimeText.utc(entry.startedAt)),
            "tables": .integer(entry.tables),
            "complete": .bool(entry.isComplete),
            "digest": .text(entry.digest),
        ])
    }

    /// What one snapshot holds.
    static func snapshot(_ report: SnapshotReport) -> [UInt8] {
        let profile = report.profile
        let (all, measured) = report.columns
        return JSONValue.members([
            "schemaVersion": .integer(schemaVersion),
            "lobscope": .text(profile.lobscopeVersion),
            "database": JSONText.name(profile.database),
            "server": .members([
                "version": .integer(profile.server.version),
                "isReplica": .bool(profile.server.isReplica),
                "role": JSONText.name(profile.server.role),
            ]),
            "startedAt": .text(TimeText.utc(profile.startedAt)),
            "finishedAt": .text(TimeText.utc(profile.finishedAt)),
            "method": .text(profile.options.method.rawValue),
            "complete": .bool(profile.isComplete),
            "tables": .integer(profile.tables.count),
            "columns": .integer(all),
            "columnsMeasured": .integer(measured),
            "notMeasured": .integer(profile.unmeasured.count),
            "format": .integer(profile.format),
            "digest": .text(report.digest),
            "mergedFrom": .array((profile.sources ?? []).map(source)),
        ]).prettyBytes
    }

    private static func source(_ source: ProfileSource) -> JSONValue {
        .members([
            "database": JSONText.name(source.database),
            "systemIdentifier": JSONText.text(source.systemIdentifier),
            "startedAt": .text(TimeText.utc(source.startedAt)),
            "digest": .text(source.digest),
        ])
    }
}
