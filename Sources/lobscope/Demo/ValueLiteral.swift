/// PostgreSQL's text forms of structured values, built by bytes.
enum ValueLiteral {
    /// An hstore: `"key"=>"value", ...`.
    static func hstore(_ pairs: [(key: [UInt8], value: [UInt8])]) -> [UInt8] {
        joined(pairs.map { quoted($0.key) + Array("=>".utf8) + quoted($0.value) })
    }

    /// An array of text: `{"a","b"}`.
    static func array(_ elements: [[UInt8]]) -> [UInt8] {
        [UInt8(ascii: "{")] + joined(elements.map(quoted)) + [UInt8(ascii: "}")]
    }

    /// An array of integers: `{1,2}`.
    static func array(_ elements: [Int]) -> [UInt8] {
        [UInt8(ascii: "{")] + joined(elements.map { Array(String($0).utf8) }) + [UInt8(ascii: "}")]
    }

    /// A composite value: `("a","b")`.
    static func composite(_ fields: [[UInt8]]) -> [UInt8] {
        [UInt8(ascii: "(")] + joined(fields.map(quoted)) + [UInt8(ascii: ")")]
    }

    /// Points as a closed path, which is also a polygon: `((1,2),(3,4))`.
    static func points(_ points: [(x: Int, y: Int)]) -> [UInt8] {
        var bytes = [UInt8(ascii: "(")]
        for (index, point) in points.enumerated() {
            bytes += Array("\(index == 0 ? "" : ",")(\(point.x),\(point.y))".utf8)
        }
        return bytes + [UInt8(ascii: ")")]
    }

    /// A JSON object of strings.
    static func json(_ pairs: [(key: [UInt8], value: [UInt8])]) -> [UInt8] {
        [UInt8(ascii: "{")]
            + joined(pairs.map { jsonString($0.key) + [UInt8(ascii: ":")] + jsonString($0.value) })
            + [UInt8(ascii: "}")]
    }

    /// A JSON array of a text's lines.
    static func json(lines content: [UInt8]) -> [UInt8] {
        let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return [UInt8(ascii: "[")] + joined(lines.map { jsonString(Array($0)) }) + [UInt8(ascii: "]")]
    }

    private static func jsonString(_ value: [UInt8]) -> [UInt8] {
        let hex = Array("0123456789abcdef".utf8)
        var bytes = [UInt8(ascii: "\"")]
        for byte in value {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: bytes += Array("\\u00".utf8) + [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        return bytes + [UInt8(ascii: "\"")]
    }

    private static func quoted(_ value: [UInt8]) -> [UInt8] {
        var bytes = [UInt8(ascii: "\"")]
        for byte in value {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        return bytes + [UInt8(ascii: "\"")]
    }

    private static func joined(_ parts: [[UInt8]]) -> [UInt8] {
        Array(parts.joined(separator: [UInt8(ascii: ",")]))
    }
}
