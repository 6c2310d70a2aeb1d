/// What an entry says that went wrong on the target; values that it may hold are never kept.
///
/// The sentences are those of public logs: of the DMS user guide, of AWS's posts on data resync and batch apply, and of
/// migrations whose owners wrote about them.
enum FailureEntry: Equatable {
    /// A batch failed, so that its changes were applied one by one.
    case batch
    /// A file could not be loaded; the entry does not say of which table.
    case load
    /// The load of a table failed, or the task went on without it.
    case table(RelationName)
    /// A statement failed; what was wrong stands in the entry behind it.
    case statement(RelationName)
    /// The target refused a value as malformed, as it does with cut json, xml or arrays.
    case malformedValue
    /// The row that a change is of is not on the target.
    case noRow

    /// nil for an entry that says none of these.
    init?(_ entry: LogEntry) {
        let message = entry.message
        if let failure = Self.beginning(message) {
            self = failure
        } else if entry.component != nil, let table = Self.failedTable(message) {
            self = .table(table)
        } else if entry.component != nil, let table = Self.failedStatement(message) {
            self = .statement(table)
        } else if let failure = Self.refusal(message, of: entry.component) {
            self = failure
        } else {
            return nil
        }
    }

    private static func beginning(_ message: ByteCursor) -> FailureEntry? {
        var cursor = message
        if cursor.take("Bulk apply operation failed") { return .batch }
        return cursor.take("Command failed to load data") ? .load : nil
    }

    /// `Table 'ADMIN'.'ORDERS' was errored/suspended`, or `Handling End of table 'ADMIN'.'ORDERS' loading failed by`.
    private static func failedTable(_ message: ByteCursor) -> RelationName? {
        var cursor = message
        let isEnd = cursor.take(words: ["Handling", "End", "of", "table"])
        guard isEnd || cursor.take(words: ["Table"]), let table = name(&cursor, quotedBy: UInt8(ascii: "'"))
        else { return nil }
        let isFailed =
            isEnd
            ? cursor.take(words: ["loading", "failed"]) : cursor.take(words: ["was", "errored/suspended"])
        return isFailed ? table : nil
    }

    /// `Failed to execute statement: 'UPDATE "app"."orders" SET`: the name stands before anything that a row holds.
    private static func failedStatement(_ message: ByteCursor) -> RelationName? {
        var cursor = message
        guard cursor.take(words: ["Failed", "to", "execute", "statement:"]), cursor.take("'") else {
            return nil
        }
        let verbs: [[StaticString]] = [["UPDATE"], ["INSERT", "INTO"], ["DELETE", "FROM"]]
        guard verbs.contains(where: { cursor.take(words: $0) }) else { return nil }
        return name(&cursor, quotedBy: UInt8(ascii: "\""))
    }

    /// The most bytes of a name: PostgreSQL's own limit is 63.
    private static let longestName = 256

    /// Schema and table, each in quotation marks that are doubled within.
    private static func name(_ cursor: inout ByteCursor, quotedBy quote: UInt8) -> RelationName? {
        guard let schema = identifier(&cursor, quotedBy: quote), cursor.take("."),
            let table = identifier(&cursor, quotedBy: quote)
        else { return nil }
        return RelationName(schema: schema, name: table)
    }

    private static func identifier(_ cursor: inout ByteCursor, quotedBy quote: UInt8) -> Identifier? {
        guard cursor.next == quote else { return nil }
        cursor.skip()
        var bytes: [UInt8] = []
        while let byte = cursor.next, bytes.count < longestName {
            cursor.skip()
            if byte == quote {
                guard cursor.next == quote else { return Identifier(bytes: bytes) }
                cursor.skip()
            }
            bytes.append(byte)
        }
        return nil
    }

    /// A SQLSTATE behind `RetCode: SQL_ERROR  SqlState:`, or words of an entry of the target that name none.
    private static func refusal(_ message: ByteCursor, of component: String?) -> FailureEntry? {
        var cursor = message
        if cursor.take(words: ["RetCode:", "SQL_ERROR", RefusalText.mark]),
            let state = ApplyException.Reason.takeSQLState(&cursor)
        {
            return ApplyException.isMalformedValue(sqlState: state) ? .malformedValue : nil
        }
        guard component == "TARGET_APPLY" || component == "TARGET_LOAD" else { return nil }
        // Behind a quotation mark begins what a row may hold.
        let words = message.bytes[message.position...].prefix {
            $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"")
        }
        switch ApplyException.Reason(error: Array(words)) {
        case .malformed: return .malformedValue
        case .noRow: return .noRow
        case .sqlState, .other: return nil
        }
    }
}

extension ApplyException.Reason {
    /// What the text of an error says: its SQLSTATE, or else words.
    init(error: [UInt8]) {
        let mark = Array(RefusalText.mark.description.utf8)
        for place in error.indices where error[place] == mark[0] && error[place...].starts(with: mark) {
            var cursor = ByteCursor(error, at: place + mark.count)
            if let state = Self.takeSQLState(&cursor) {
                self = .sqlState(state)
                return
            }
        }
        self = RefusalText.reason(words: error) ?? .other
    }

    /// A SQLSTATE of a class that is known, behind its mark.
    fileprivate static func takeSQLState(_ cursor: inout ByteCursor) -> String? {
        cursor.skipSpace()
        guard let state = cursor.takeAll(where: RefusalText.isPlain), RefusalText.isSQLState(state) else {
            return nil
        }
        return String(decoding: state, as: UTF8.self)
    }
}
