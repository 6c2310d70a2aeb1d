/// Where a heading has the columns of a control table of DMS.
struct ControlTableColumns {
    /// Which table it is.
    enum Table {
        case applyExceptions, validationFailures
    }

    let table: Table
    /// How many fields a row has.
    let count: Int
    let task: Int
    let owner: Int
    let name: Int
    let time: Int
    /// `ERROR` or `FAILURE_TYPE`.
    let reason: Int
    /// `RESYNC_RESULT` of `awsdms_validation_failures_v2`; nil in other tables.
    let resync: Int?

    /// Reads a heading of CSV; nil for any other line.
    ///
    /// What `psql -A` writes is not read: it marks neither line breaks nor separators within values, so that a value can pass for a
    /// row, and parts of it for the name of a table.
    init?(heading line: ArraySlice<UInt8>) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let line = line.starts(with: mark) ? line.dropFirst(mark.count) : line
        var (records, names) = (CSVRecords(), [[UInt8]]())
        records.take(line) { _ in }
        records.finish { names = $0 }
        self.init(names)
    }

    /// nil where a column is missing.
    ///
    /// DMS writes names in capitals on PostgreSQL; whoever exports them may not.
    init?(_ names: [[UInt8]]) {
        let folded = names.map { $0.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 } }
        func place(_ name: String) -> Int? { folded.firstIndex { $0.elementsEqual(name.utf8) } }
        guard let task = place("TASK_NAME"), let owner = place("TABLE_OWNER"), let name = place("TABLE_NAME")
        else { return nil }
        if let time = place("ERROR_TIME"), let error = place("ERROR") {
            (table, self.time, reason) = (.applyExceptions, time, error)
        } else if let time = place("FAILURE_TIME"), let kind = place("FAILURE_TYPE") {
            (table, self.time, reason) = (.validationFailures, time, kind)
        } else {
            return nil
        }
        count = names.count
        (self.task, self.owner, self.name) = (task, owner, name)
        resync = place("RESYNC_RESULT")
    }
}

/// A row of a control table: whose table it is of and why it is there, never what it holds of rows.
struct ControlTableRow {
    let task: Identifier
    let table: RelationName
    let time: String?
    let reason: Reason

    enum Reason {
        case refused(ApplyException.Reason)
        case differs(ValidationFailure.Kind?, isRepaired: Bool)
    }

    /// nil for a row of another shape, such as the rest of one that a line break within a value divides.
    init?(_ fields: [[UInt8]], _ columns: ControlTableColumns) {
        guard fields.count == columns.count else { return nil }
        let task = fields[columns.task]
        let time = fields[columns.time]
        guard !task.isEmpty, task.allSatisfy({ RuleName.isPlain($0) || $0 == UInt8(ascii: "-") }),
            Self.isTime(time) || time.isEmpty
        else { return nil }
        self.task = Identifier(bytes: task)
        table = RelationName(
            schema: Identifier(bytes: fields[columns.owner]), name: Identifier(bytes: fields[columns.name]))
        self.time = time.isEmpty ? nil : String(decoding: time, as: UTF8.self)
        let text = fields[columns.reason]
        switch columns.table {
        case .applyExceptions: reason = .refused(ApplyException.Reason(error: text))
        case .validationFailures:
            let kind = ValidationFailure.Kind.allCases.first { text.elementsEqual($0.rawValue.utf8) }
            let result = columns.resync.map { fields[$0] }
            reason = .differs(kind, isRepaired: result?.elementsEqual("SUCCESS".utf8) ?? false)
        }
    }

    /// Whether it is a time with nothing but a fraction and a zone behind it.
    private static func isTime(_ bytes: [UInt8]) -> Bool {
        let rest = bytes.dropFirst(LogTime.length)
        let isPlain = { (byte: UInt8) in (0x30...0x39).contains(byte) || ".:+-Z".utf8.contains(byte) }
        return LogTime(bytes[...]) != nil && rest.count <= longestRest && rest.allSatisfy(isPlain)
    }

    /// The most bytes of a fraction and a zone: `.123456+05:45`.
    private static let longestRest = 16

    /// Reads an object of `row_to_json` or `json_agg`.
    init?(_ json: JSONValue) {
        guard let members = json.objectMembers,
            let columns = ControlTableColumns(members.map(\.key))
        else { return nil }
        self.init(members.map { $0.value.stringBytes ?? [] }, columns)
    }

    /// Whether an object has the columns of a control table.
    static func isRow(_ json: JSONValue) -> Bool {
        json.objectMembers.map { ControlTableColumns($0.map(\.key)) != nil } ?? false
    }
}
