/// `lob-settings` of a table-settings rule.
public enum LOBSettings: Hashable, Sendable {
    /// Cut above so many KiB; DMS wants it not to be zero.
    case limited(Kibibytes)
    /// Full LOB mode; up to so many KiB may travel with the row in a full load, 0 looks every LOB up.
    case unlimited(bulkMaxSize: Kibibytes)
    /// The task's own LOB settings apply.
    case inherited

    /// The object as AWS's examples write it: sizes are strings.
    public var json: JSONValue {
        switch self {
        case .limited(let size):
            .members(["mode": .text("limited"), "bulk-max-size": .text(String(size.count))])
        case .unlimited(let size):
            .members(["mode": .text("unlimited"), "bulk-max-size": .text(String(size.count))])
        case .inherited: .members(["mode": .text("none")])
        }
    }

    /// Reads the object; nil where the mode is unknown, or the size is no number that DMS takes.
    ///
    /// Without a mode DMS takes `limited`.
    public init?(json: JSONValue) {
        guard json.objectMembers != nil else { return nil }
        let size = json.present("bulk-max-size")?.integerOrDigits.map { Kibibytes($0) }
        switch (json.present("mode").map { $0.word ?? "" }, size) {
        case (nil, let size?) where Self.isTaken(size, least: 1),
            ("limited", let size?) where Self.isTaken(size, least: 1):
            self = .limited(size)
        case ("unlimited", let size?) where Self.isTaken(size, least: 0): self = .unlimited(bulkMaxSize: size)
        case ("none", _): self = .inherited
        default: return nil
        }
    }

    /// Whether DMS takes a size.
    private static func isTaken(_ size: Kibibytes, least: Int) -> Bool {
        (least...Kibibytes.limitedModeCeiling.count).contains(size.count)
    }
}
