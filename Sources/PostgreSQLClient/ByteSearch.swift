/// Searching and replacing on bytes, where `String` would compare by grapheme.
enum ByteSearch {
    /// The first offset at or after `start` at which `part` begins.
    static func first(_ part: [UInt8], in text: [UInt8], from start: Int = 0) -> Int? {
        guard !part.isEmpty, text.count >= part.count else { return nil }
        var offset = start
        while offset + part.count <= text.count {
            if text[offset..<offset + part.count].elementsEqual(part) { return offset }
            offset += 1
        }
        return nil
    }

    /// The text with each occurrence of `part` replaced.
    static func replacing(_ part: [UInt8], in text: [UInt8], with substitute: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var offset = 0
        while let found = first(part, in: text, from: offset) {
            result += text[offset..<found] + substitute
            offset = found + part.count
        }
        return result + text[offset...]
    }
}
