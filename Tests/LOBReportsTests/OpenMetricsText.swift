/// A strict reader of the text format of OpenMetrics 1.0, for gauges: it takes nothing that the specification does not.
struct OpenMetricsText {
    /// A sample: the name of its family, its labels in their order, and its value.
    struct Sample: Equatable {
        let name: String
        let labels: [String: String]
        let value: Double
    }

    /// What is wrong, and in which line.
    struct Mistake: Error {
        let line: Int
        let what: String
    }

    private(set) var samples: [Sample] = []
    private(set) var units: [String: String] = [:]
    private var families: [String] = []
    private var metadata: Set<String> = []
    private var seen: Set<String> = []
    private var hasSample = false

    init(_ bytes: [UInt8]) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Mistake(line: 0, what: "not UTF-8")
        }
        guard text.utf8.suffix(6).elementsEqual("# EOF\n".utf8) else {
            throw Mistake(line: 0, what: "does not end in # EOF")
        }
        let lines = text.unicodeScalars.dropLast(6).split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.dropLast().enumerated() {
            do {
                try read(Array(line))
            } catch let what as Problem {
                throw Mistake(line: index + 1, what: "\(what.text): \(String(Substring(line)))")
            }
        }
        guard lines.last?.isEmpty == true else { throw Mistake(line: lines.count, what: "no line end") }
    }

    private struct Problem: Error { let text: String }

    private mutating func read(_ line: [Unicode.Scalar]) throws {
        guard line.first == "#" else { return try sample(line) }
        let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
            .map { String(String.UnicodeScalarView($0)) }
        guard words.count == 4, words[0] == "#" else { throw Problem(text: "no metadata") }
        let (kind, name, rest) = (words[1], words[2], words[3])
        guard Self.isName(name) else { throw Problem(text: "bad name") }
        if families.last != name {
            guard !families.contains(name) else { throw Problem(text: "family twice") }
            families.append(name)
            hasSample = false
        }
        guard !hasSample, metadata.insert("\(kind) \(name)").inserted else {
            throw Problem(text: "metadata twice, or after a sample")
        }
        switch kind {
        case "TYPE": guard rest == "gauge" else { throw Problem(text: "another type") }
        case "UNIT":
            guard name.hasSuffix("_" + rest) else { throw Problem(text: "unit is no suffix") }
            units[name] = rest
        case "HELP": _ = try Self.unescaped(Array(rest.unicodeScalars))
        default: throw Problem(text: "unknown metadata")
        }
    }

    private mutating func sample(_ line: [Unicode.Scalar]) throws {
        guard let open = line.firstIndex(of: "{") else { throw Problem(text: "no labels") }
        let name = Self.text(line[..<open])
        guard Self.isName(name), families.last == name, metadata.contains("TYPE \(name)") else {
            throw Problem(text: "sample outside its family")
        }
        var (labels, position) = ([String: String](), open + 1)
        while position < line.count, line[position] != "}" {
            let label = try Self.label(line, &position)
            guard labels.updateValue(label.value, forKey: label.name) == nil else {
                throw Problem(text: "label twice")
            }
            if position < line.count, line[position] == "," {
                position += 1
                guard position < line.count, line[position] != "}" else {
                    throw Problem(text: "comma at the end")
                }
            }
        }
        guard position + 1 < line.count, line[position + 1] == " ",
            let value = Double(Self.text(line[(position + 2)...]))
        else { throw Problem(text: "no value") }
        let key = name + labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\u{0}" }.joined()
        guard seen.insert(key).inserted else { throw Problem(text: "sample twice") }
        hasSample = true
        samples.append(Sample(name: name, labels: labels, value: value))
    }

    private static func label(
        _ line: [Unicode.Scalar], _ position: inout Int
    ) throws -> (name: String, value: String) {
        guard let sign = line[position...].firstIndex(of: "="), sign + 1 < line.count, line[sign + 1] == "\""
        else { throw Problem(text: "label without a value") }
        let name = text(line[position..<sign])
        guard isName(name), !name.contains(":") else { throw Problem(text: "bad label") }
        var end = sign + 2
        while end < line.count, line[end] != "\"" { end += line[end] == "\\" ? 2 : 1 }
        guard end < line.count else { throw Problem(text: "open quotation") }
        position = end + 1
        return (name, try unescaped(Array(line[(sign + 2)..<end])))
    }

    /// `\\`, `\"` and `\n` are all escapes that there are.
    private static func unescaped(_ scalars: [Unicode.Scalar]) throws -> String {
        var (output, position) = (String.UnicodeScalarView(), 0)
        while position < scalars.count {
            guard scalars[position] == "\\" else {
                output.append(scalars[position])
                position += 1
                continue
            }
            guard position + 1 < scalars.count else { throw Problem(text: "open escape") }
            switch scalars[position + 1] {
            case "n": output.append("\n")
            case "\\", "\"": output.append(scalars[position + 1])
            default: throw Problem(text: "unknown escape")
            }
            position += 2
        }
        return String(output)
    }

    private static func isName(_ text: String) -> Bool {
        text.wholeMatch(of: /[a-zA-Z_:][a-zA-Z0-9_:]*/) != nil
    }

    private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
