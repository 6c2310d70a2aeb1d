/// Something in a table mapping that AWS refuses, or that does not do what it seems to say.
public struct MappingViolation: Hashable, Sendable {
    public let kind: Kind
    /// The rule's position, counted from 0; nil where the whole document is concerned.
    public let ruleIndex: Int?
    /// The rule's id as far as it has one.
    public let ruleID: Int?
    /// What it is about, for people.
    public let subject: String
    /// What is wrong, and what it leads to.
    public let message: String
    /// What to do.
    public let remedy: String

    /// What can be wrong; the raw value is the id of the finding.
    public enum Kind: String, Sendable, CaseIterable {
        case invalidJSON = "mapping-invalid-json"
        case rulesMissing = "mapping-rules-missing"
        case ruleInvalid = "mapping-rule-invalid"
        case ruleTypeUnknown = "mapping-rule-type-unknown"
        case ruleActionUnknown = "mapping-rule-action-unknown"
        case objectLocatorMissing = "mapping-object-locator-missing"
        case objectNameMissing = "mapping-object-name-missing"
        case ruleIDInvalid = "mapping-rule-id-invalid"
        case ruleIDRepeated = "mapping-rule-id-repeated"
        case ruleNameInvalid = "mapping-rule-name-invalid"
        case ruleNameRepeated = "mapping-rule-name-repeated"
        case selectionMissing = "mapping-selection-missing"
        case exactNameRequired = "mapping-exact-name-required"
        case settingsWithoutSelection = "mapping-settings-without-selection"
        case settingsRepeated = "mapping-settings-repeated"
        case lobSettingsInvalid = "mapping-lob-settings-invalid"
        case lobModeUnknown = "mapping-lob-mode-unknown"
        case bulkMaxSizeInvalid = "mapping-bulk-max-size-invalid"
        case bulkMaxSizeNotString = "mapping-bulk-max-size-not-string"
        case keyUnknown = "mapping-key-unknown"
        case keyMisplaced = "mapping-key-misplaced"
        case loadOrderInvalid = "mapping-load-order-invalid"
        case tableTypeUnknown = "mapping-table-type-unknown"
        case filtersIgnored = "mapping-filters-ignored"
        case parallelLoadUnsupported = "mapping-parallel-load-unsupported"
        case parallelLoadInvalid = "mapping-parallel-load-invalid"
        case partitionWithRoot = "mapping-partition-with-root"
        case documentTooLarge = "mapping-document-too-large"
    }

    /// What AWS answers to the same mapping, where its answer is known.
    public var awsMessage: String? {
        let rule = ruleID.map(String.init) ?? "null"
        let failed = "Error in mapping rules. Rule with ruleId = \(rule) failed validation."
        return switch kind {
        case .invalidJSON: "Invalid Table Mappings document. Invalid json"
        case .rulesMissing: "Valid Table mappings is required"
        case .ruleInvalid, .ruleTypeUnknown, .ruleActionUnknown: "Invalid table mappings document."
        case .objectLocatorMissing: "\(failed) object locator cannot be null"
        case .ruleIDRepeated: "Error in mapping rules. Duplicate ruleid \(rule)"
        case .selectionMissing: "Error in mapping rules. At least one selection rule is required."
        case .exactNameRequired:
            "\(failed) Exact schema and table name required when using table settings rule."
        default: nil
        }
    }
}

extension MappingViolation.Kind {
    /// What it says, in one line.
    public var meaning: String {
        switch self {
        case .invalidJSON: "the mapping is not JSON"
        case .rulesMissing: "the mapping has no list of rules"
        case .ruleInvalid: "a rule is not a JSON object"
        case .ruleTypeUnknown: "a rule has a type that DMS does not know"
        case .ruleActionUnknown: "a selection has an action that DMS does not know"
        case .objectLocatorMissing: "a rule says not which table it is about"
        case .objectNameMissing: "a rule names no schema or no table"
        case .ruleIDInvalid: "a rule has no numeric id"
        case .ruleIDRepeated: "two rules have the same id"
        case .ruleNameInvalid: "a rule has no alphanumeric name"
        case .ruleNameRepeated: "two rules have the same name"
        case .selectionMissing: "no rule selects a table"
        case .exactNameRequired: "a rule that wants one exact table has a wildcard"
        case .settingsWithoutSelection: "a rule has settings for a table that is not selected"
        case .settingsRepeated: "a table has two table-settings rules"
        case .lobSettingsInvalid: "lob-settings are not a JSON object"
        case .lobModeUnknown: "lob-settings have an unknown mode"
        case .bulkMaxSizeInvalid: "bulk-max-size is missing, no number, or out of range"
        case .bulkMaxSizeNotString: "bulk-max-size is a number, not a string"
        case .keyUnknown: "a rule has a key that DMS does not document"
        case .keyMisplaced: "a rule has a key that belongs in another place"
        case .loadOrderInvalid: "load-order is out of range"
        case .tableTypeUnknown: "table-type is unknown"
        case .filtersIgnored: "filters are in a rule in which DMS ignores them"
        case .parallelLoadUnsupported: "parallel-load has a type that PostgreSQL sources do not take"
        case .parallelLoadInvalid: "a parallel-load by ranges lacks columns, boundaries or values"
        case .partitionWithRoot: "a partitioned table is selected together with its partitions"
        case .documentTooLarge: "the mapping is larger than AWS takes"
        }
    }
}
