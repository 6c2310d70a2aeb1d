/// `--migration-type`, in DMS's words.
public enum MigrationType: String, Sendable, Codable, CaseIterable {
    case cdc
    case fullLoad = "full-load"
    case fullLoadAndCDC = "full-load-and-cdc"
}

extension MigrationType {
    /// Whether changes are captured.
    public var includesCDC: Bool { self != .fullLoad }
    /// Whether DMS loads the rows that exist.
    public var includesFullLoad: Bool { self != .cdc }
}
