extension PlanOptions {
    /// Why a table that would run functions of others is not to be read by a role; nil where it may be.
    package func refusal(of functions: [ForeignFunction]?, _ power: RolePower?) -> String? {
        guard let functions, let first = functions.first, let power, trustsOwners != true else { return nil }
        let more = functions.count > 1 ? " and \(functions.count - 1) more" : ""
        return "\(first.text)\(more); the role \(power.text)"
    }
}

extension CodeOfOthers {
    /// The tables that are not to be read under these options, with the reason in words, by OID.
    public func refusals(_ options: PlanOptions) -> [UInt32: String] {
        functions.compactMapValues { options.refusal(of: $0, power) }
    }
}
