/// Sentences with SQL in them: each statement is one piece of code, to be copied whole.
enum StatementText {
    private static let beginnings = [
        "ALTER ROLE ", "ALTER SYSTEM ", "ALTER TABLE ", "CREATE TABLE ", "INSERT INTO ", "SELECT ", "SHOW ",
    ].map { Array($0.utf8) }

    /// The sentence, whose statements end with their semicolons.
    static func text(_ sentence: String) -> PageText {
        let bytes = Array(sentence.utf8)
        var (text, told, index): (PageText, Int, Int) = ("", 0, 0)
        while index < bytes.count {
            let isWord = index == 0 || bytes[index - 1] == UInt8(ascii: " ")
            guard isWord, let end = end(ofStatementAt: index, in: bytes) else {
                index += 1
                continue
            }
            text = text + PageText(piece(bytes[told..<index])) + .code(piece(bytes[index..<end]))
            (told, index) = (end, end)
        }
        return text + PageText(piece(bytes[told...]))
    }

    private static func piece(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Behind the semicolon; nil where no statement begins, or none ends.
    private static func end(ofStatementAt start: Int, in bytes: [UInt8]) -> Int? {
        guard beginnings.contains(where: { bytes[start...].starts(with: $0) }) else { return nil }
        var quote: UInt8?
        for index in start..<bytes.count {
            switch (bytes[index], quote) {
            case (UInt8(ascii: ";"), nil): return index + 1
            case (UInt8(ascii: "\""), nil), (UInt8(ascii: "'"), nil): quote = bytes[index]
            case (let byte, let open?) where byte == open: quote = nil
            default: break
            }
        }
        return nil
    }
}
