/// `--json-keys`: how the heaviest top-level keys of large json and jsonb values are told.
public enum JSONKeyNames: String, Sendable, Codable, CaseIterable {
    /// As they are spelled in the value.
    case named
    /// `--redact-keys`: by the beginning of the SHA-256 of their spelling, which the server makes.
    case hashed
}
