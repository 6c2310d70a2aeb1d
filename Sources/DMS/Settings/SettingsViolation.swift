/// Something in task settings that DMS does not read as it is meant.
public struct SettingsViolation: Hashable, Sendable {
    public let kind: Kind
    /// Such as `TargetMetadata.LobMaxSize`, as it is written.
    public let path: String
    /// What is wrong, and what it leads to.
    public let message: String
    /// What to do.
    public let remedy: String

    /// What can be wrong.
    public enum Kind: Hashable, Sendable, CaseIterable {
        /// A key or section that DMS writes in another way.
        case misspelt
        /// A key that belongs into another section.
        case misplaced
        /// A key or section that is not documented.
        case unknown
        /// A value of another type than DMS wants: what is in force is not known.
        case unreadable
    }
}

extension DeployedSettings {
    /// Everything that DMS does not read as it is meant, in the order of the file.
    public var violations: [SettingsViolation] {
        (json.objectMembers ?? []).flatMap { member -> [SettingsViolation] in
            guard let section = SettingsSchema.section(member.key) else { return [Self.unknown(member)] }
            let written = Self.text(member.key)
            let keys = (member.value.objectMembers ?? []).flatMap {
                Self.violations($0, in: section, written)
            }
            guard written.utf8.elementsEqual(section.name.utf8) else {
                return [
                    SettingsViolation(
                        kind: .misspelt, path: written,
                        message: "\(written) is not a section that DMS knows: nothing in it is read",
                        remedy: "write \(section.name)")
                ]
            }
            return keys
        }
    }

    /// A key at the top that is no section: perhaps one that belongs into a section.
    private static func unknown(_ member: JSONMember) -> SettingsViolation {
        let name = text(member.key)
        guard let home = SettingsSchema.homes(of: member.key).first else {
            return SettingsViolation(
                kind: .unknown, path: name, message: "\(name) is not a section that the guide documents",
                remedy: "correct or remove it")
        }
        return SettingsViolation(
            kind: .misplaced, path: name,
            message: "\(name) is outside of every section, where DMS does not read it",
            remedy: "move it into \(home.section.name)")
    }

    private static func violations(
        _ member: JSONMember, in section: SettingsSchema.Section, _ written: String
    ) -> [SettingsViolation] {
        guard member.value != .null else { return [] }
        let (name, path) = (text(member.key), written + "." + text(member.key))
        if let known = section.members.first(where: { $0.key == member.key }) {
            guard let wanted = wantedType(known.value), !isReadable(member.value, as: known.value) else {
                return []
            }
            return [
                SettingsViolation(
                    kind: .unreadable, path: path,
                    message:
                        "\(path) is \(text(member.value.compactBytes.dropLast())), which is not a \(wanted): what is in force "
                        + "is not known",
                    remedy: "write \(wanted == "truth value" ? "true or false" : "a whole number")")
            ]
        }
        let homes = SettingsSchema.homes(of: member.key)
        if let home = homes.first(where: { $0.section.name.utf8.elementsEqual(section.name.utf8) }) {
            return [
                SettingsViolation(
                    kind: .misspelt, path: path,
                    message: "\(path) is not a key that DMS knows: it is not read",
                    remedy: "write \(text(home.member.key))")
            ]
        }
        if let home = homes.first {
            return [
                SettingsViolation(
                    kind: .misplaced, path: path,
                    message: "\(name) is in \(written), where DMS does not read it",
                    remedy: "move it into \(home.section.name)")
            ]
        }
        guard section.isComplete else { return [] }
        return [
            SettingsViolation(
                kind: .unknown, path: path, message: "\(path) is not a key that the guide documents",
                remedy: "correct or remove it")
        ]
    }

    /// nil where any value will do.
    private static func wantedType(_ example: JSONValue) -> String? {
        switch example {
        case .bool: "truth value"
        case .number: "whole number"
        default: nil
        }
    }

    private static func isReadable(_ value: JSONValue, as example: JSONValue) -> Bool {
        switch example {
        case .bool: value.truthValue != nil
        case .number: value.integerOrDigits != nil || value.intValue != nil
        default: true
        }
    }

    private static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: JSONWriter.escaped(Array(bytes)), as: UTF8.self)
    }
}

extension JSONValue {
    /// A truth value; infrastructure code writes it as a string too.
    var truthValue: Bool? { boolValue ?? (word == "true" ? true : word == "false" ? false : nil) }
}
