/// A position in the bytes of a log entry, for reading it from left to right.
struct ByteCursor {
    let bytes: [UInt8]
    private(set) var position: Int

    init(_ bytes: [UInt8], at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    var isAtEnd: Bool { position == bytes.count }
    /// The byte that comes next; nil at the end.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Takes the text if it comes next.
    mutating func take(_ text: StaticString) -> Bool {
        let wanted = Array(text.description.utf8)
        guard bytes[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    /// Takes words with any white space between them and around them, as a log wraps its lines anywhere.
    mutating func take(words: [StaticString]) -> Bool {
        let start = position
        for word in words {
            skipSpace()
            guard take(word) else {
                position = start
                return false
            }
        }
        skipSpace()
        return true
    }

    /// Skips a byte, where there is one.
    mutating func skip() { position = min(position + 1, bytes.count) }

    mutating func skipSpace() {
        while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
    }

    /// Takes as many bytes as belong to the set; nil where there is none.
    mutating func takeAll(where isWanted: (UInt8) -> Bool) -> [UInt8]? {
        let start = position
        while let byte = next, isWanted(byte) { position += 1 }
        return position > start ? Array(bytes[start..<position]) : nil
    }

    mutating func takeDigits() -> [UInt8]? {
        takeAll { (0x30...0x39).contains($0) }
    }
}
