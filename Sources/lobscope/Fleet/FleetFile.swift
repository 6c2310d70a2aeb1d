import ArgumentParser
import LOBAdvice
import LOBStore
import PostgreSQLClient

/// A database of a fleet, as its file has it.
struct FleetDatabase: Sendable {
    /// The name in the roll-up, and of its folder.
    let name: String
    /// Where to connect, without a secret.
    let conninfo: Conninfo.Handover
    let labels: [FleetEntry.Label]
    /// Further words for `lobscope profile`.
    let options: [String]
}

/// The databases that are profiled together: YAML with a list of them.
struct FleetFile: Sendable {
    /// In the order of the file.
    let databases: [FleetDatabase]

    /// Reads a file.
    ///
    /// - Throws: `CommandFailure` of wrong use, with the line of what is wrong.
    static func read(path: String) throws(CommandFailure) -> FleetFile {
        do throws(CommandFailure) {
            return try YAMLNode.read(path) { text throws(YAMLError) in try FleetFile(text) }
        } catch {
            throw error.asUsage
        }
    }
}

extension FleetFile {
    private static let keys = ["name", "conninfo", "service", "labels", "policy", "options"]
    private static let hint =
        "begin each with \"- name: NAME\", and a conninfo or a service below it"

    /// Reads a text.
    ///
    /// - Throws: ``YAMLError`` with the line of what is wrong; nothing of a connection string is quoted.
    init(_ text: String) throws(YAMLError) {
        guard let root = try YAMLNode.root(of: text), root.isList else {
            throw YAMLError(line: nil, message: "is no list of databases", hint: Self.hint)
        }
        var databases: [FleetDatabase] = []
        var names: Set<[UInt8]> = []
        var options = ProfileWords()
        for entry in try root.list("databases") {
            let database = try Self.database(entry, &options)
            // On some file systems names that differ in case only are one folder.
            let folded = database.name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
            guard names.insert(folded).inserted else {
                throw entry.error(
                    "\"\(database.name)\" is the name of another database",
                    hint: "their folders have these names; case does not tell them apart")
            }
            databases.append(database)
        }
        self.databases = databases
    }

    private static func database(
        _ node: YAMLNode, _ words: inout ProfileWords
    ) throws(YAMLError) -> FleetDatabase {
        let values = try node.mapping("a database", keys: keys)
        let name = try node.required("name", of: "a database", keys: keys).folderName()
        let policy = try values["policy"]?.text("policy")
        return FleetDatabase(
            name: name, conninfo: try conninfo(values, of: name, node),
            labels: try values["labels"]?.labels() ?? [],
            options: (try values["options"].map { node throws(YAMLError) in try words.read(node) } ?? [])
                + (policy.map { ["--policy", $0] } ?? []))
    }

    private static func conninfo(
        _ values: [String: YAMLNode], of name: String, _ node: YAMLNode
    ) throws(YAMLError) -> Conninfo.Handover {
        let value: YAMLNode
        let isService: Bool
        switch (values["conninfo"], values["service"]) {
        case (let text?, nil): (value, isService) = (text, false)
        case (nil, let service?): (value, isService) = (service, true)
        case (nil, nil):
            throw node.error(
                "\"\(name)\" has neither a conninfo nor a service",
                hint: "write conninfo: host=... dbname=...")
        case (_?, _?):
            throw node.error("\"\(name)\" has a conninfo and a service", hint: "leave one of them out")
        }
        let text = try value.text(isService ? "service" : "conninfo")
        do throws(PostgreSQLError) {
            let conninfo = try isService ? Conninfo(nil).setting("service", text) : Conninfo(text)
            return try conninfo.handover()
        } catch {
            let lines = error.description.split(separator: "\nhint: ", maxSplits: 1).map(String.init)
            throw value.error("\"\(name)\": \(lines[0])", hint: lines.dropFirst().first)
        }
    }
}

extension YAMLNode {
    /// A name that a folder can have.
    fileprivate func folderName() throws(YAMLError) -> String {
        let name = try text("name")
        guard FileName.portable(Array(name.utf8)).utf8.elementsEqual(name.utf8) else {
            throw error(
                "\"\(name)\" cannot be the name of a folder",
                hint: "at most \(FileName.longest) of A-Z a-z 0-9 . _ -, and none of . - first")
        }
        guard !FleetFolder.reserved.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else {
            throw error("\"\(name)\" is a name that the folder of a fleet has itself", hint: "choose another")
        }
        return name
    }

    /// Labels as metrics can have them.
    fileprivate func labels() throws(YAMLError) -> [FleetEntry.Label] {
        var labels: [FleetEntry.Label] = []
        for (name, value) in try entries("labels", of: "write labels: {team: shop}") {
            guard Self.isLabel(name), !FleetEntry.Label.reserved.contains(name) else {
                throw value.error(
                    "\"\(name)\" cannot be the name of a label",
                    hint: "letters, digits and _, no digit first, not "
                        + FleetEntry.Label.reserved.joined(separator: ", "))
            }
            labels.append(FleetEntry.Label(name: name, value: try value.text(name)))
        }
        return labels
    }

    private static func isLabel(_ name: String) -> Bool {
        let isLetter = { (byte: UInt8) in
            (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
        }
        return name.utf8.first.map(isLetter) == true && !name.utf8.starts(with: "__".utf8)
            && name.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
    }
}
