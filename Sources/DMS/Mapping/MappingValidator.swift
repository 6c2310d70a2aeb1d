/// Checks a table mapping by the rules of the DMS user guide and by the answers that AWS was seen to give,
/// because neither the AWS clients nor their simulators check any of them.
public enum MappingValidator {
    /// Everything that is wrong with a mapping, in the order of its rules.
    ///
    /// - Parameters:
    ///   - document: the mapping.
    ///   - roots: the partitioned table of each leaf, to find partitions that are selected together with it.
    public static func violations(
        in document: MappingDocument, roots: [RelationName: RelationName] = [:]
    ) -> [MappingViolation] {
        let each = document.rules.enumerated().flatMap { index, rule in
            RuleCheck(rule: rule, index: index).violations
        }
        return each + DocumentCheck(document: document).violations
            + partitionViolations(in: document, roots: roots)
            + sizeViolations(of: document.jsonBytes.count)
    }

    /// Everything that is wrong with a mapping file.
    public static func violations(inFile bytes: [UInt8], roots: [RelationName: RelationName] = [:])
        -> [MappingViolation]
    {
        let document: MappingDocument
        do {
            document = try MappingDocument(parsing: bytes)
        } catch {
            return [violation(of: error)]
        }
        let others = violations(in: document, roots: roots).filter { $0.kind != .documentTooLarge }
        return others + sizeViolations(of: bytes.count)
    }

    private static func violation(of error: MappingError) -> MappingViolation {
        let (kind, index, remedy): (MappingViolation.Kind, Int?, String) =
            switch error {
            case .invalidJSON: (.invalidJSON, nil, "write plain JSON: no comments, no trailing commas, UTF-8")
            case .noRules: (.rulesMissing, nil, "put the rules into an array with the key \"rules\"")
            case .ruleIsNoObject(let position): (.ruleInvalid, position, "make every rule a JSON object")
            }
        return MappingViolation(
            kind: kind, ruleIndex: index, ruleID: nil, subject: "table mapping", message: "\(error)",
            remedy: remedy)
    }

    private static func sizeViolations(of count: Int) -> [MappingViolation] {
        guard count > MappingDocument.largestDocument else { return [] }
        return [
            MappingViolation(
                kind: .documentTooLarge, ruleIndex: nil, ruleID: nil, subject: "table mapping",
                message:
                    "table mapping has \(count) bytes, AWS takes up to \(MappingDocument.largestDocument)",
                remedy: "divide the tables between several tasks")
        ]
    }

    /// A partitioned table and its leaf in one task would load the rows twice.
    private static func partitionViolations(
        in document: MappingDocument, roots: [RelationName: RelationName]
    ) -> [MappingViolation] {
        let selection = MappingSelection(document)
        let byRoot = Dictionary(grouping: roots.filter { selection.selects($0.key) }, by: \.value)
        return byRoot.filter { selection.selects($0.key) }.sorted { $0.key < $1.key }.map { root, leaves in
            MappingViolation(
                kind: .partitionWithRoot, ruleIndex: nil, ruleID: nil, subject: root.losslessText,
                message:
                    "\"\(root.losslessText)\" is selected together with \(leaves.count) of its partitions: "
                    + "rows would be read twice",
                remedy: "select the leaf partitions only")
        }
    }
}
