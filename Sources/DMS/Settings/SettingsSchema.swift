/// The sections and keys of task settings that DMS documents for a PostgreSQL source.
///
/// They are those that ``TaskSettings`` writes (DMS user guide, "Specifying task settings" and "Saving task settings"), with
/// what AWS adds by itself; of sections that are written as null the keys are not listed here.
enum SettingsSchema {
    /// A section with its keys, and an example of each value, whose type is the one that DMS wants.
    struct Section {
        let name: String
        let members: [JSONMember]
        /// Whether all of its keys are known here.
        let isComplete: Bool
    }

    static let sections: [Section] = {
        let written = TaskSettings(
            lobs: .full, validationPartialLOBSize: Kibibytes(0), isBatchApplyEnabled: false
        ).json
        let logGroup = ["CloudWatchLogGroup", "CloudWatchLogStream"].map {
            JSONMember(key: Array($0.utf8), value: .text(""))
        }
        return (written.objectMembers ?? []).map { member in
            let name = String(decoding: member.key, as: UTF8.self)
            let added = name == "Logging" ? logGroup : []
            return Section(
                name: name, members: (member.value.objectMembers ?? []) + added,
                isComplete: member.value.objectMembers != nil && name != "TTSettings")
        } + [Section(name: "ResyncSettings", members: [], isComplete: false)]
    }()

    /// The section with a name, whatever its case.
    static func section(_ key: [UInt8]) -> Section? {
        sections.first { isSame(Array($0.name.utf8), key) }
    }

    /// The key that a name means in each section that knows it, whatever its case.
    static func homes(of key: [UInt8]) -> [(section: Section, member: JSONMember)] {
        sections.flatMap { section in
            section.members.filter { isSame($0.key, key) }.map { (section, $0) }
        }
    }

    /// Whether two names differ at most in the case of ASCII letters.
    private static func isSame(_ name: [UInt8], _ key: [UInt8]) -> Bool {
        name.count == key.count && zip(name, key).allSatisfy { lowered($0) == lowered($1) }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
