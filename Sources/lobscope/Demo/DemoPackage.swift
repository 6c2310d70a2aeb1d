/// An installed package as dpkg's list describes it.
struct DemoPackage {
    /// The fields in the order of the list; a continued value keeps its line ends.
    let fields: [(key: [UInt8], value: [UInt8])]

    /// Reads a list of stanzas, `Key: value` with continuation lines that begin with a space.
    static func parse(_ list: [UInt8]) -> [DemoPackage] {
        ContentShape.paragraphs(list).map { DemoPackage(stanza: $0) }.filter { !$0["Package"].isEmpty }
    }

    init(fields: [(key: [UInt8], value: [UInt8])]) {
        self.fields = fields
    }

    private init(stanza: ArraySlice<UInt8>) {
        var fields: [(key: [UInt8], value: [UInt8])] = []
        for line in stanza.split(separator: UInt8(ascii: "\n")) {
            if line.first == UInt8(ascii: " "), let last = fields.indices.last {
                fields[last].value += [UInt8(ascii: "\n")] + line
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
                let value = line[(colon + 1)...].drop { $0 == UInt8(ascii: " ") }
                fields.append((Array(line[..<colon]), Array(value)))
            }
        }
        self.fields = fields
    }

    /// Makes one of a file, for machines without such a list.
    init(file: DemoFile) {
        fields = [
            (Array("Package".utf8), Array(file.path.utf8)),
            (Array("Version".utf8), Array(String(file.modified).utf8)),
            (Array("Section".utf8), Array(file.package.utf8)),
            (Array("Installed-Size".utf8), Array(String(file.size).utf8)),
            (Array("Description".utf8), file.text() ?? []),
            (
                Array("Depends".utf8),
                Array(file.path.utf8.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: ",") : $0 })
            ),
        ]
    }

    /// The value of a field, empty where it is missing.
    subscript(key: String) -> [UInt8] {
        fields.first { $0.key.elementsEqual(key.utf8) }?.value ?? []
    }

    /// The parts of a field between commas, without the space around them.
    func list(_ key: String) -> [[UInt8]] {
        self[key].split(separator: UInt8(ascii: ",")).map { part in
            Array(part.drop { $0 == UInt8(ascii: " ") })
        }
    }

    /// The maintainer's name and address, of `Name <address>`.
    var maintainer: [[UInt8]] {
        let parts = self["Maintainer"].split(separator: UInt8(ascii: "<"), maxSplits: 1)
        return [
            Array(parts.first ?? []),
            Array((parts.dropFirst().first ?? []).prefix { $0 != UInt8(ascii: ">") }),
        ]
    }
}
