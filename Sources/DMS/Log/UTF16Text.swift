/// Turns UTF-16, as editors and shells of Windows write it, into UTF-8, whatever pieces it arrives in.
struct UTF16Text {
    /// Bytes of the mark at the beginning.
    static let markLength = 2

    private let isBigEndian: Bool
    private var pending: [UInt8] = []

    /// nil where bytes do not begin with the mark of UTF-16.
    init?(begins bytes: [UInt8]) {
        switch bytes.prefix(Self.markLength) {
        case [0xFF, 0xFE]: isBigEndian = false
        case [0xFE, 0xFF]: isBigEndian = true
        default: return nil
        }
    }

    /// More bytes as UTF-8; what is no character becomes U+FFFD.
    mutating func take(_ bytes: [UInt8]) -> [UInt8] {
        pending += bytes
        var units: [UInt16] = []
        var index = 0
        while index + 1 < pending.count {
            let (first, second) = (UInt16(pending[index]), UInt16(pending[index + 1]))
            units.append(isBigEndian ? first << 8 | second : second << 8 | first)
            index += 2
        }
        // The first half of a pair waits for the second.
        if let last = units.last, UTF16.isLeadSurrogate(last) {
            units.removeLast()
            index -= 2
        }
        pending.removeFirst(index)
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
