/// A key that DMS does not know where it stands, with the key that was probably meant.
struct FrequentMistake {
    let key: [UInt8]
    /// Such as `selection rule`.
    let place: String

    /// Seen in public mappings: the first key does not exist, the second does.
    private static let meant = [
        "lob-mode": "lob-settings with \"mode\"",
        "inline-lob-max-size": "lob-settings with \"mode\": \"unlimited\" and \"bulk-max-size\"",
        "max-lob-size": "lob-settings with \"mode\": \"limited\" and \"bulk-max-size\"",
        "lob-max-size": "lob-settings with \"mode\": \"limited\" and \"bulk-max-size\"",
    ]
    private static let ofTableSettings = ["lob-settings", "parallel-load"]
    private static let ofLOBSettings = ["mode", "bulk-max-size"]

    func violation(of rule: MappingRule, at index: Int) -> MappingViolation {
        let word = String(decoding: JSONWriter.escaped(key), as: UTF8.self)
        let isSettings = Self.ofTableSettings.contains(word) || Self.ofLOBSettings.contains(word)
        guard isSettings else {
            return rule.violation(
                .keyUnknown, at: index, "has the key \"\(word)\", which DMS does not document in a \(place)",
                remedy: Self.meant[word].map { "write \($0) in a table-settings rule" } ?? "remove the key")
        }
        let home = Self.ofTableSettings.contains(word) ? "a table-settings rule" : "lob-settings"
        return rule.violation(
            .keyMisplaced, at: index, "has the key \"\(word)\" in a \(place), where it does nothing",
            remedy: "move it into \(home)")
    }
}
