import LOBProfile

/// `tables` of report.json: every relation in scope, leaves by themselves, each with the values that its root was
/// given.
enum JSONTables {
    /// The list, in the order of the profile.
    static func json(_ report: Report) -> JSONValue {
        let recommended = recommendations(report.recommendation)
        let columns = JSONColumns(report)
        let slots = report.profile.deployment?.slots
        let alternatives = recommended.filter { $0.value.hasLOBs }.mapValues {
            json(ModeAlternatives($0, by: report.recommender))
        }
        return .array(
            report.profile.tables.map { table in
                json(
                    table, recommended[table.relation.logicalName], columns,
                    slot: slots?.slots(of: table.relation.name).first?.name,
                    alternatives: alternatives[table.relation.logicalName] ?? .null)
            })
    }

    private static func recommendations(_ all: Recommendation) -> [RelationName: TableRecommendation] {
        Dictionary(all.tables.map { ($0.name, $0) }) { first, _ in first }
    }

    private static func json(
        _ table: TableProfile, _ recommended: TableRecommendation?, _ json: JSONColumns, slot: Identifier?,
        alternatives: JSONValue
    ) -> JSONValue {
        let relation = table.relation
        // DMS migrates no materialized view: no rule names it, whatever its sizes ask for.
        let mode = recommended.map { $0.isMaterializedView ? .none : $0.mode } ?? .none
        let columns = recommended?.columns.filter { $0.relation == relation.name } ?? []
        return .members([
            "schema": JSONText.name(relation.name.schema),
            "table": JSONText.name(relation.name.name),
            "schemaHex": JSONText.hex(relation.name.schema),
            "tableHex": JSONText.hex(relation.name.name),
            "parent": relation.root.map { JSONText.name($0) } ?? .null,
            "kind": .text(kind(relation.kind)),
            "oid": .integer(Int(relation.oid)),
            "limitKiB": JSONText.integer(recommended?.limit?.count),
            "settingKiB": JSONText.integer(recommended?.setting?.count),
            "mode": .text(mode.rawValue),
            "bulkMaxSizeKiB": mode == .none ? .null : JSONText.integer(recommended?.bulkMaxSize.count),
            "truncationOK": .bool(recommended?.isTruncationOK ?? false),
            "risk": risk(relation, recommended),
            "slot": slot.map { JSONText.name($0) } ?? .null,
            "reason": JSONText.text(recommended?.reason),
            "alternatives": alternatives,
            "seconds": JSONText.real(table.seconds),
            "measuredAt": table.measuredAt.map { .text(TimeText.utc($0)) } ?? .null,
            "sample": sample(table.sample),
            "atLimit": recommended.map { json.answer($0) } ?? .null,
            "columns": .array(columns.map { json.json($0, setting: recommended?.setting) }),
        ])
    }

    /// What either mode would mean for the whole table, all of its leaves together.
    private static func json(_ alternatives: ModeAlternatives) -> JSONValue {
        .members([
            "limitedKiB": JSONText.integer(alternatives.limited?.size.count),
            "limitedRisk": JSONText.real(alternatives.limited?.risk),
            "unlimitedLookUps": JSONText.integer(alternatives.values),
            "lookUpsAreEstimates": .bool(alternatives.isEstimated),
            "inline": .array(
                alternatives.inline.map { threshold in
                    .members([
                        "sizeKiB": .integer(threshold.size.count),
                        "lookUpsAtLeast": .integer(threshold.lookUps.lowerBound),
                        "lookUpsAtMost": .integer(threshold.lookUps.upperBound),
                        "chosen": .bool(threshold.isChosen),
                    ])
                }),
        ])
    }

    /// A table without a column that can be cut has no risk; nothing is known of a materialized view's, nor of
    /// any other table without a recommendation.
    private static func risk(_ relation: Relation, _ recommended: TableRecommendation?) -> JSONValue {
        guard let recommended else {
            return relation.columns.contains(where: \.isMeasured) ? .null : JSONText.real(0)
        }
        return recommended.isMaterializedView ? .null : JSONText.real(recommended.risk)
    }

    private static func kind(_ kind: Relation.Kind) -> String {
        switch kind {
        case .table: "table"
        case .leaf: "leaf"
        case .materializedView: "materialized view"
        case .foreignTable: "foreign table"
        }
    }

    private static func sample(_ sample: TableProfile.SampleOutcome?) -> JSONValue {
        guard let sample else { return .null }
        return .members([
            "by": .text(sample.design.method.rawValue),
            "percent": JSONText.real(sample.design.percent),
            "seed": JSONText.integer(sample.design.seed),
            "blocksRead": .integer(sample.blocksRead),
            "blocks": .integer(sample.blocksTotal),
            "rowsRead": .integer(sample.rowsRead),
        ])
    }
}
