extension JSONValue {
    /// A document in UTF-8 as another writer made it, its unseen characters as `\u` escapes.
    ///
    /// Outside of strings JSON is ASCII, so whatever else is found stands in a string; the value stays the same.
    public static func escapingUnseen(inDocument bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(where: { $0 > 0x7E }) else { return bytes }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if scalar.value > 0x7E, JSONWriter.isUnseen(scalar) {
                for unit in UTF16.encode(scalar) ?? .init() { output += JSONWriter.unicodeEscape(unit) }
            } else {
                output += UTF8.encode(scalar) ?? .init()
            }
        }
        return output
    }
}
