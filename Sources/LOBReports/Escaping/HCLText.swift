import LOBAdvice

/// JSON values as expressions of HCL, laid out as `terraform fmt` lays them out.
enum HCLText {
    /// The expression; lines after the first are indented.
    static func value(_ value: JSONValue, indentation: Int) -> String {
        switch value {
        case .null: "null"
        case .bool(let isTrue): isTrue ? "true" : "false"
        case .number(let digits): String(decoding: digits, as: UTF8.self)
        case .string(let bytes): string(bytes)
        case .array(let values): array(values, indentation)
        case .object(let members): object(members, indentation)
        }
    }

    private static func array(_ values: [JSONValue], _ indentation: Int) -> String {
        guard !values.isEmpty else { return "[]" }
        let inner = indent(indentation + 1)
        let lines = values.map { "\(inner)\(value($0, indentation: indentation + 1)),\n" }
        return "[\n" + lines.joined() + indent(indentation) + "]"
    }

    /// Attributes of one line that follow each other have their signs in one column.
    private static func object(_ members: [JSONMember], _ indentation: Int) -> String {
        guard !members.isEmpty else { return "{}" }
        let entries = members.map { (string($0.key), value($0.value, indentation: indentation + 1)) }
        var lines = ""
        for run in runs(entries) {
            let width = run.map { DisplayWidth.of($0.0) }.max() ?? 0
            for (key, text) in run {
                let padding = String(repeating: " ", count: width - DisplayWidth.of(key))
                lines += "\(indent(indentation + 1))\(key)\(padding) = \(text)\n"
            }
        }
        return "{\n" + lines + indent(indentation) + "}"
    }

    /// Entries in groups whose signs are aligned: an entry of several lines ends a group.
    private static func runs(_ entries: [(String, String)]) -> [[(String, String)]] {
        var runs: [[(String, String)]] = [[]]
        for entry in entries {
            let isLong = entry.1.utf8.contains(UInt8(ascii: "\n"))
            if isLong {
                runs += [[entry], []]
            } else {
                runs[runs.count - 1].append(entry)
            }
        }
        return runs
    }

    private static func indent(_ levels: Int) -> String { String(repeating: "  ", count: levels) }

    /// A quoted string: HCL's escapes are JSON's, and `${` and `%{` would begin a template.
    private static func string(_ bytes: [UInt8]) -> String {
        var output = "\""
        let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let next = index + 1 < scalars.count ? scalars[index + 1] : " "
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "$" where next == "{", "%" where next == "{": output += "\(scalar)\(scalar)"
            case _ where UnseenScalar.contains(scalar): output += escape(scalar)
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output + "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        let isShort = scalar.value <= 0xFFFF
        let zeros = String(repeating: "0", count: (isShort ? 4 : 8) - digits.utf8.count)
        return (isShort ? "\\u" : "\\U") + zeros + digits
    }
}
