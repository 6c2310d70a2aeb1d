import LOBAdvice

extension TypeFinding {
    /// - Parameter path: the column with its table.
    func text(of path: String) -> FindingText {
        switch self {
        case .unlisted(let type, let largest):
            return .init(
                "\"\(path)\" has the type \(type.losslessText), which is not in DMS's list: it may be "
                    + "left out, cut as a string, or become a LOB; \(Self.seen(largest))",
                remedy:
                    "try one row, that of the largest value, and compare the target with the source; limits count it as a LOB "
                    + "meanwhile")
        case .unbounded(let type, let family, let largest):
            let (bound, remedy) = Self.bound(family)
            return .init(
                "\"\(path)\" has the type \(type.losslessText), \(bound), and "
                    + "\(Self.seen(largest)): no LOB setting keeps it whole", remedy: remedy)
        }
    }

    private static func seen(_ largest: Figure) -> String {
        switch largest.provenance {
        case .exact where largest.atLeast == 0: "it has no value"
        case .exact: "its largest value has \(largest.atLeast) bytes as text"
        default:
            largest.atLeast > 0
                ? "the largest value that was read has \(largest.atLeast) bytes as text"
                : "its sizes are not known"
        }
    }

    private static func bound(_ family: TypeFamily) -> (String, String) {
        switch family {
        case .number:
            (
                "a number of at most 38 digits to DMS",
                "from PostgreSQL to PostgreSQL set MapUnboundedNumericAsString; else move such rows by hand"
            )
        case .bits: ("a string of one character a bit to DMS", "move such rows by hand, or make it a bytea")
        default: ("a string of at most 255 characters to DMS", "move such rows by hand")
        }
    }
}
