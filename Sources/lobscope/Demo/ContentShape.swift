/// Numbers and figures drawn from a file's bytes.
enum ContentShape {
    /// How often each byte value occurs, as 256 corners: value across, count upward.
    static func histogram(_ content: [UInt8]) -> [(x: Int, y: Int)] {
        var counts = [Int](repeating: 0, count: 256)
        for byte in content { counts[Int(byte)] += 1 }
        return counts.enumerated().map { ($0.offset, $0.element) }
    }

    /// The lengths of the lines in bytes, at most `limit` of them.
    static func lineLengths(_ content: [UInt8], limit: Int) -> [Int] {
        content.split(
            separator: UInt8(ascii: "\n"), maxSplits: limit, omittingEmptySubsequences: false
        ).prefix(limit).map(\.count)
    }

    /// The lines as points: number across, length upward.
    static func profile(_ lengths: [Int]) -> [(x: Int, y: Int)] {
        lengths.enumerated().map { ($0.offset, $0.element) }
    }

    /// The first line that is not blank, from its first word on, at most `limit` bytes of it, not cut within a character.
    static func title(_ content: [UInt8], limit: Int = 200) -> [UInt8] {
        guard let start = content.firstIndex(where: { $0 > 0x20 }) else { return [] }
        return prefix(Array(content[start...].prefix { $0 != UInt8(ascii: "\n") }), limit: limit)
    }

    /// At most `limit` bytes from the start, not cut within a UTF-8 character.
    static func prefix(_ content: [UInt8], limit: Int) -> [UInt8] {
        guard content.count > limit else { return content }
        var end = limit
        while end > 0, content[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(content[..<end])
    }

    /// The parts of a text between empty lines.
    static func paragraphs(_ content: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = 0
        var index = 0
        while index + 1 < content.count {
            if content[index] == UInt8(ascii: "\n"), content[index + 1] == UInt8(ascii: "\n") {
                if index > start { parts.append(content[start..<index]) }
                start = index + 2
                index += 1
            }
            index += 1
        }
        if start < content.count { parts.append(content[start...]) }
        return parts
    }
}
