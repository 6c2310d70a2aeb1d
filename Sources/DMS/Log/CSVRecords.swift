/// Divides CSV into records of fields, whatever pieces it arrives in (RFC 4180: quotation marks around fields, doubled within).
struct CSVRecords {
    private var fields: [[UInt8]] = []
    private var field: [UInt8] = []
    private var isQuoted = false
    /// A quotation mark within quotation marks: the end of the field, or the first of two.
    private var hasSeenQuote = false
    private var isEmpty = true

    /// Takes more bytes and gives every record that they complete.
    mutating func take(_ bytes: some Sequence<UInt8>, record: ([[UInt8]]) -> Void) {
        for byte in bytes {
            isEmpty = false
            if isQuoted {
                takeQuoted(byte, record)
            } else {
                takePlain(byte, record)
            }
        }
    }

    /// Gives the last record where it had no end.
    mutating func finish(record: ([[UInt8]]) -> Void) {
        if !isEmpty { end(record) }
    }

    private mutating func takeQuoted(_ byte: UInt8, _ record: ([[UInt8]]) -> Void) {
        guard hasSeenQuote else {
            if byte == UInt8(ascii: "\"") { hasSeenQuote = true } else { keep(byte) }
            return
        }
        hasSeenQuote = false
        if byte == UInt8(ascii: "\"") { return keep(byte) }
        isQuoted = false
        takePlain(byte, record)
    }

    private mutating func takePlain(_ byte: UInt8, _ record: ([[UInt8]]) -> Void) {
        switch byte {
        case UInt8(ascii: "\"") where field.isEmpty: isQuoted = true
        case UInt8(ascii: ","):
            fields.append(field)
            field = []
        case UInt8(ascii: "\n"): end(record)
        default: keep(byte)
        }
    }

    private mutating func keep(_ byte: UInt8) {
        if field.count < LineSplitter.longestLine { field.append(byte) }
    }

    private mutating func end(_ record: ([[UInt8]]) -> Void) {
        if field.last == UInt8(ascii: "\r") { field.removeLast() }
        record(fields + [field])
        (fields, field, isQuoted, hasSeenQuote, isEmpty) = ([], [], false, false, true)
    }
}
