import LOBAdvice

/// The elements of `tables` in report.json: every relation in scope, leaves by themselves, each with the values that
/// its root was given.
struct JSONTables {
    private let recommended: [RelationName: TableRecommendation]
    private let columns: JSONColumns
    /// The first slot that carries a relation.
    private let slots: [RelationName: Identifier]
    private let recommender: Recommender
    /// What the leaves of one table have together, told once: a table may have thousands.
    private let partitioned: [RelationName: Partitioned]

    private struct Partitioned {
        let alternatives: JSONValue
        let columns: [RelationName: [ColumnRecommendation]]
    }

    /// Prepares the tables of a report.
    init(_ report: Report) {
        recommended = Dictionary(report.recommendation.tables.map { ($0.name, $0) }) { first, _ in first }
        columns = JSONColumns(report)
        slots = Dictionary(
            (report.profile.deployment?.slots?.slots ?? []).flatMap { slot in
                slot.tables.map { ($0, slot.name) }
            }
        ) { first, _ in first }
        let recommender = report.recommender
        self.recommender = recommender
        partitioned = recommended.filter { $0.value.leaves.count > 1 }.mapValues { table in
            Partitioned(
                alternatives: Self.alternatives(table, by: recommender),
                columns: Dictionary(grouping: table.columns, by: \.relation))
        }
    }

    /// The table with its columns.
    func json(_ table: TableProfile) -> JSONValue {
        let recommended = recommended[table.relation.logicalName]
        let relation = table.relation
        // No rule names what DMS does not migrate, whatever its sizes ask for.
        let mode = recommended.map { $0.isMigrated ? $0.mode : .none } ?? .none
        let partitioned = partitioned[relation.logicalName]
        let own =
            partitioned.map { $0.columns[relation.name] ?? [] }
            ?? recommended?.columns.filter { $0.relation == relation.name } ?? []
        let alternatives =
            partitioned?.alternatives
            ?? recommended.map { Self.alternatives($0, by: recommender) } ?? JSONValue.null
        return .members([
            "schema": JSONText.name(relation.name.schema),
            "table": JSONText.name(relation.name.name),
            "schemaHex": JSONText.hex(relation.name.schema),
            "tableHex": JSONText.hex(relation.name.name),
            "parent": relation.root.map { JSONText.name($0) } ?? .null,
            "kind": .text(relation.kind.words),
            "oid": .integer(Int(relation.oid)),
            "rows": JSONText.integer(table.rowFigure.value),
            "rowsProvenance": .text(table.rowFigure.provenance.rawValue),
            "reading": JSONCertificate.json(table.reading),
            "limitKiB": JSONText.integer(recommended?.limit?.count),
            "settingKiB": JSONText.integer(
                recommended.flatMap { $0.mode == .limited ? $0.bulkMaxSize.count : nil }),
            "mode": .text(mode.rawValue),
            "bulkMaxSizeKiB": mode == .none ? .null : JSONText.integer(recommended?.bulkMaxSize.count),
            "truncationOK": .bool(recommended?.isTruncationOK ?? false),
            "risk": Self.risk(relation, recommended),
            "slot": slots[relation.name].map { JSONText.name($0) } ?? .null,
            "reason": JSONText.text(recommended.map { ModeWords.sentence($0.reason) }),
            "alternatives": alternatives,
            "seconds": JSONText.real(table.seconds),
            "measuredAt": table.measuredAt.map { .text(TimeText.utc($0)) } ?? .null,
            "sample": Self.sample(table.sample),
            "atLimit": recommended.map { columns.answer($0) } ?? .null,
            "columns": .array(own.map { columns.json($0, setting: recommended?.limitToWatch) }),
        ])
    }

    /// What either mode would mean for the whole table, all of its leaves together.
    private static func alternatives(_ table: TableRecommendation, by recommender: Recommender) -> JSONValue {
        guard table.hasLOBs else { return .null }
        let alternatives = ModeAlternatives(table, by: recommender)
        return .members([
            "limitedKiB": JSONText.integer(alternatives.limited?.size.count),
            "limitedRisk": JSONText.real(alternatives.limited?.risk),
            // Programs that know no provenance must not take a part for the whole.
            "unlimitedLookUps": alternatives.values.provenance == .atLeast
                ? .null : JSONText.integer(alternatives.values.value),
            "unlimitedLookUpsProvenance": .text(alternatives.values.provenance.rawValue),
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
    /// any other table without a recommendation, nor of one that was not measured.
    private static func risk(_ relation: Relation, _ recommended: TableRecommendation?) -> JSONValue {
        guard let recommended else {
            return relation.columns.contains(where: \.isMeasured) ? .null : JSONText.real(0)
        }
        return recommended.isMigrated && recommended.isMeasured ? JSONText.real(recommended.risk) : .null
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
