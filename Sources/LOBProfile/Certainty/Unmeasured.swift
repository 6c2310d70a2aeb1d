/// Something that was planned and not measured.
///
/// One of these makes a profile partial.
public struct Unmeasured: Hashable, Sendable, Codable {
    /// What it concerns; nil for the large objects of the database.
    public let relation: RelationName?
    /// The column, where only one is concerned.
    public let column: Identifier?
    public let reason: Reason
    /// Anything that narrows it down, such as the blocks concerned or the SQLSTATE; no row contents.
    public let detail: String?

    /// Why something could not be measured.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        case permissionDenied, rowSecurity, lockTimeout, statementTimeout, dropped, changed, damaged
        case replicaConflict, connectionLost, interrupted, foreignTable, unsupportedAccessMethod, serverError
        case notPopulated, tooLarge, timeBudget, pausedTooLong, snapshotLost, temporary
        case hidden, textFailed, otherServer, crashed, foreignCode, emptied, poolTooSmall, poolOfStatements,
            foreignServer
        case virtualColumn, unexplained, unlogged, outOfScope, noBound, noAnswer
    }

    /// Creates an entry.
    public init(relation: RelationName?, column: Identifier? = nil, reason: Reason, detail: String? = nil) {
        self.relation = relation
        self.column = column
        self.reason = reason
        self.detail = detail
    }

    /// What it concerns, for people: `schema.table`, `schema.table.column` or the large objects.
    public var subject: String {
        guard let relation else { return "large objects" }
        return relation.losslessText + (column.map { "." + $0.losslessText } ?? "")
    }
}
