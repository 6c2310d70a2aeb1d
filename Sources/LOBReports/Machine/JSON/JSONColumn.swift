import LOBAdvice
import SizeStatistics

/// The elements of `columns` in report.json.
struct JSONColumns {
    private let policy: Policy
    private let recommender: Recommender

    /// Prepares the columns of a report.
    init(_ report: Report) {
        policy = report.profile.policy
        recommender = report.recommender
    }

    /// The column with its figures.
    ///
    /// - Parameter setting: the table's.
    func json(_ column: ColumnRecommendation, setting: Kibibytes?) -> JSONValue {
        let described = column.profile.column
        let figures = ColumnFigures(column)
        let known: JSONValue = .members([
            "name": JSONText.name(described.name),
            "nameHex": JSONText.hex(described.name),
            "type": JSONText.name(described.typeName),
            "lobClass": .text(described.lobClass.rawValue),
            "notNull": .bool(described.isNotNull),
            "coverage": .text(column.estimate.coverage.rawValue),
            "method": JSONText.text(column.profile.measurement?.method.rawValue),
            "rows": JSONText.integer(column.rows.value),
            "rowsExact": .bool(column.rows.provenance == .exact),
            "rowsMeasured": JSONText.integer(figures.rowsMeasured),
            "nulls": JSONText.integer(figures.nulls),
            "largestBytes": JSONText.integer(column.estimate.shownLargest?.bytes),
            "largestIsLowerBound": .bool(Self.isLowerBound(column.estimate.largestSize)),
            "largestProvenance": .text(column.estimate.largestSize.provenance.rawValue),
            "sumBytes": JSONText.integer(column.sum.value),
            "sumProvenance": .text(column.sum.provenance.rawValue),
            "limitBytes": JSONText.integer(column.estimate.limit?.bytes),
            "limitKiB": JSONText.integer(column.limit?.count),
            "risk": JSONText.real(column.risk),
            "histogram": .text(Self.histogram(column)),
            "quantiles": Self.quantiles(figures),
            "stored": Self.stored(column.profile.measurement?.stored),
            "largest": Self.largest(column),
            "cut": cut(column),
            "atLimit": recommender.policy(of: column.relation).limit.map {
                JSONOutlook.json(recommender.answer(for: column, at: $0))
            } ?? .null,
            "growth": setting.flatMap { recommender.outlook(for: column, at: $0) }.map(JSONOutlook.json)
                ?? .null,
            "statement": .text(column.estimate.statement),
        ])
        guard case .object(let members) = known, let documents = JSONDocuments.member(column.profile) else {
            return known
        }
        return .object(members + [documents])
    }

    private static func isLowerBound(_ largest: Figure) -> Bool {
        largest.provenance != .exact && largest.provenance != .atMost
    }

    /// Whether the histogram counts every row, a part of them, or nothing.
    private static func histogram(_ column: ColumnRecommendation) -> String {
        guard let measurement = column.profile.sizes else { return "none" }
        let isComplete = measurement.method == .full && measurement.tail == nil
        return isComplete && column.figure(of: 1).provenance == .exact ? "exact" : "sampled"
    }

    /// How values are stored.
    private static func stored(_ form: StoredForm?) -> JSONValue {
        guard let form else { return .null }
        return .members([
            "coverage": .text(form.isSampled ? "sampled" : "exact"),
            "blocksRead": .integer(form.blocksRead), "blocks": .integer(form.blocksTotal),
            "values": .integer(form.values), "storedBytes": JSONText.integer(form.storedBytes),
            "sizeBytes": JSONText.integer(form.sizeBytes), "pglz": .integer(form.pglz),
            "lz4": .integer(form.lz4), "external": .integer(form.external),
            "externalIsLowerBound": .bool(form.externalIsLowerBound),
        ])
    }

    private static func quantiles(_ figures: ColumnFigures) -> JSONValue {
        .object(
            ColumnFigures.quantiles.map { quantile in
                JSONMember(
                    key: Array(quantile.key.utf8),
                    value: JSONText.integer(figures.quantile(quantile.share)?.bytes))
            })
    }

    /// The largest values with their places.
    private static func largest(_ column: ColumnRecommendation) -> JSONValue {
        .array(
            (column.profile.measurement?.largest ?? []).map { value in
                .members(["bytes": JSONText.integer(value.size.bytes), "ctid": .text(value.ctid)])
            })
    }

    /// What the limit that was asked about does to a table; null where none was.
    func answer(_ table: TableRecommendation) -> JSONValue {
        recommender.limit(askedOf: table).flatMap { recommender.answer(for: table, at: $0) }
            .map(JSONOutlook.json) ?? .null
    }

    /// What limits would cut.
    private func cut(_ column: ColumnRecommendation) -> JSONValue {
        .array(
            ColumnFigures.limits(policy).map { JSONOutlook.json(recommender.answer(for: column, at: $0)) })
    }
}
