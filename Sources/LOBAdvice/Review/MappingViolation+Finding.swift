extension MappingViolation.Kind: FindingCode {
    public static var usualReference: GuidePage? { .tableMapping }

    /// How much it matters: an error is refused by AWS or migrates something else than is written.
    public var severity: Finding.Severity {
        switch self {
        case .bulkMaxSizeNotString: .info
        case .ruleNameInvalid, .ruleNameRepeated, .settingsWithoutSelection, .filtersIgnored,
            .parallelLoadUnsupported:
            .warning
        default: .error
        }
    }
}

extension MappingViolation {
    /// The violation as a finding.
    public var finding: Finding {
        kind.finding(kind.severity, subject, .mapping(self))
    }
}
