/// Why bytes are no table mapping.
public enum MappingError: Error, Hashable, Sendable, CustomStringConvertible {
    case invalidJSON(JSONError)
    /// There is no array `rules`.
    case noRules
    /// A rule is something else than an object; counted from 0.
    case ruleIsNoObject(position: Int)

    /// What is wrong, to follow the file's name.
    public var description: String {
        switch self {
        case .invalidJSON(let error): "table mapping is not JSON: \(error)"
        case .noRules: "table mapping has no list \"rules\""
        case .ruleIsNoObject(let position):
            "table mapping has a rule that is not an object: number \(position + 1)"
        }
    }

    /// What AWS answers to the same file.
    public var awsMessage: String {
        switch self {
        case .invalidJSON: "Invalid Table Mappings document. Invalid json"
        case .noRules: "Valid Table mappings is required"
        case .ruleIsNoObject: "Invalid table mappings document."
        }
    }
}
