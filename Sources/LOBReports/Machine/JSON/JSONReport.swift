import LOBAdvice
import SizeStatistics

/// report.json: the report for programs, described by `reports/report.schema.json`.
///
/// Names and meanings stay; members may be added. null is what is not known.
enum JSONReport {
    /// The version of the shape; a member that changes its meaning raises it.
    static let schemaVersion = 1

    /// The file.
    static func render(_ report: Report) -> [UInt8] { document(report).prettyBytes }

    /// The file as a document, whose tables and findings are made while it is written.
    static func document(_ report: Report) -> JSONDocument {
        let profile = report.profile
        return JSONDocument([
            "schemaVersion": .value(.integer(schemaVersion)),
            "lobscope": .value(.text(profile.lobscopeVersion)),
            "database": .value(JSONText.name(profile.database)),
            "server": .value(server(profile.server)),
            "startedAt": .value(.text(TimeText.utc(profile.startedAt))),
            "finishedAt": .value(.text(TimeText.utc(profile.finishedAt))),
            "complete": .value(.bool(profile.isComplete)),
            "account": .value(account(Account(profile))),
            "certificate": .value(JSONCertificate.json(profile)),
            "snapshotDigest": .value(JSONText.text(report.snapshotDigest)),
            "options": .value(options(profile.options)),
            "policy": .value(policy(profile.policy)),
            "impact": .value(impact(profile.impact)),
            "tables": .list(profile.tables, JSONTables(report).json),
            "largeObjects": .value(JSONLargeObjects.json(profile.largeObjects)),
            "task": .value(JSONTask.settings(report.recommendation.task)),
            "tasks": .list(TaskFiles.all(of: report.recommendation), JSONTask.json),
            "target": .value(.text((profile.deployment?.target ?? .postgres).rawValue)),
            "findings": .list(report.findings, JSONFinding.json),
            "unmeasured": .list(profile.unmeasured, unmeasured),
            "grants": .list(Grants(profile).statements) { .text($0) },
        ])
    }

    /// What became of every column; null where columns were not counted.
    private static func account(_ account: Account?) -> JSONValue {
        guard let account else { return .null }
        return .members([
            "columns": .integer(account.columns),
            "measured": .integer(account.measured),
            "measuredInPart": .integer(account.measuredInPart),
            "harmless": .integer(account.harmless),
            "notMeasured": .integer(account.notMeasured.count),
            "unexplained": .integer(account.unexplained),
        ])
    }

    private static func server(_ server: ServerFacts) -> JSONValue {
        .members([
            "version": .integer(server.version),
            "isReplica": .bool(server.isReplica),
            "encoding": .text(server.encoding),
            "blockSize": .integer(server.blockSize),
            "role": JSONText.name(server.role),
            "systemIdentifier": JSONText.text(server.systemIdentifier),
        ])
    }

    private static func options(_ options: PlanOptions) -> JSONValue {
        let known: JSONValue = .members([
            "method": .text(options.method.rawValue),
            "sampleBy": .text(options.sample.method.rawValue),
            "samplePercent": JSONText.real(options.sample.percent),
            "seed": JSONText.integer(options.sample.seed),
            "scan": .text((options.scan ?? .chunks).rawValue),
            "timeBudgetSeconds": JSONText.real(options.timeBudget),
        ])
        guard case .object(let members) = known, let names = options.jsonKeys else { return known }
        return .object(members + [JSONMember(key: Array("jsonKeys".utf8), value: .text(names.rawValue))])
    }

    private static func policy(_ policy: Policy) -> JSONValue {
        let known: JSONValue = .members([
            "risk": JSONText.real(policy.risk),
            "headroom": JSONText.real(policy.headroom),
            "sizing": .text(policy.sizing.rawValue),
            "strategy": .text(policy.strategy.rawValue),
            "migrationType": .text(policy.migrationType.rawValue),
            "growth": JSONText.text(policy.growth?.text),
            "limitKiB": JSONText.integer(policy.limit?.count),
            "truncationOK": .array(policy.truncationOK.map { JSONText.name($0.source) }),
        ])
        guard case .object(let members) = known else { return known }
        // Only with a policy file.
        let ofFile: [(String, [JSONValue])] = [
            ("tables", policy.tables.map(tablePolicy)), ("accepted", policy.accepted.map(accepted)),
        ]
        return .object(
            members
                + ofFile.filter { !$0.1.isEmpty }.map {
                    JSONMember(key: Array($0.0.utf8), value: .array($0.1))
                })
    }

    private static func accepted(_ entry: AcceptedFinding) -> JSONValue {
        .members([
            "id": .text(entry.id),
            "pattern": entry.pattern.map { JSONText.name($0.source) } ?? .null,
            "by": .text(entry.by),
            "until": JSONText.text(entry.until?.text),
            "ticket": JSONText.text(entry.ticket),
            "reason": JSONText.text(entry.reason),
        ])
    }

    private static func tablePolicy(_ entry: TablePolicy) -> JSONValue {
        .members([
            "tables": .array(entry.tables.map { JSONText.name($0.source) }),
            "truncationOK": entry.truncation.map { .bool($0.isOK) } ?? .null,
            "by": JSONText.text(entry.truncation?.by),
            "until": JSONText.text(entry.truncation?.until?.text),
            "ticket": JSONText.text(entry.truncation?.ticket),
            "limitKiB": JSONText.integer(entry.limit?.count),
            "risk": JSONText.real(entry.risk),
            "growth": JSONText.text(entry.growth?.text),
            "headroom": JSONText.real(entry.headroom),
            "strategy": JSONText.text(entry.strategy?.rawValue),
        ])
    }

    private static func impact(_ impact: ServerImpact?) -> JSONValue {
        guard let impact else { return .null }
        return .members([
            "walBytes": JSONText.integer(impact.walBytes),
            "includesOtherSessions": .bool(impact.includesOtherSessions),
            "pauses": .array(
                impact.pauses.map { pause in
                    .members([
                        "cause": .text(pause.cause.rawValue), "count": .integer(pause.count),
                        "seconds": JSONText.real(pause.seconds),
                    ])
                }),
            "snapshotSeconds": JSONText.real(impact.snapshotSeconds),
        ])
    }

    /// Something that was not measured, or cannot be.
    static func unmeasured(_ entry: Unmeasured) -> JSONValue {
        .members([
            "subject": .text(entry.subject),
            "reason": .text(UnmeasuredWords.reason(entry.reason)),
            "detail": JSONText.text(entry.detail),
            "remedy": .text(UnmeasuredWords.remedy(entry)),
        ])
    }
}
