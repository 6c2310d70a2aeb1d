/// What can be wrong with `lob-settings`.
struct LOBSettingsCheck {
    private let rule: MappingRule
    private let index: Int
    private let settings: JSONValue

    init(_ rule: MappingRule, _ index: Int, _ settings: JSONValue) {
        self.rule = rule
        self.index = index
        self.settings = settings
    }

    var violations: [MappingViolation] {
        guard let members = settings.objectMembers else {
            return [
                violation(
                    .lobSettingsInvalid, "has lob-settings that are not an object",
                    "write mode and bulk-max-size"
                )
            ]
        }
        let unknown = members.filter { member in
            member.value != .null
                && !["mode", "bulk-max-size"].contains { member.key.elementsEqual($0.utf8) }
        }
        return unknown.map {
            FrequentMistake(key: $0.key, place: "lob-settings").violation(of: rule, at: index)
        }
            + mode + size
    }

    private func violation(_ kind: MappingViolation.Kind, _ message: String, _ remedy: String)
        -> MappingViolation
    {
        rule.violation(kind, at: index, message, remedy: remedy)
    }

    private var mode: [MappingViolation] {
        guard let mode = settings.present("mode"),
            !["limited", "unlimited", "none"].contains(mode.word ?? "")
        else {
            return []
        }
        return [violation(.lobModeUnknown, "has an unknown mode", "use limited, unlimited or none")]
    }

    private var size: [MappingViolation] {
        let isLimited = (settings.present("mode").map { $0.word ?? "" } ?? "limited") == "limited"
        guard settings.present("mode")?.word != "none" else { return [] }
        let ceiling = Kibibytes.limitedModeCeiling.count
        let range = isLimited ? 1...ceiling : 0...ceiling
        let remedy = "write a string of digits from \(range.lowerBound) to \(ceiling): KB of 1,024 bytes"
        guard let size = settings.present("bulk-max-size") else {
            return [violation(.bulkMaxSizeInvalid, "has no bulk-max-size", remedy)]
        }
        guard let count = size.integerOrDigits, range.contains(count) else {
            return [
                violation(
                    .bulkMaxSizeInvalid,
                    "has a bulk-max-size that is not a number from \(range.lowerBound) to \(ceiling)",
                    remedy)
            ]
        }
        guard size.stringBytes == nil else { return [] }
        return [
            violation(
                .bulkMaxSizeNotString, "has a bulk-max-size that is not a string",
                "write it as AWS's examples do: \"\(count)\"")
        ]
    }
}
