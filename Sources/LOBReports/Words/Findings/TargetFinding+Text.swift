import LOBAdvice

extension TargetFinding {
    /// - Parameter name: of the table or the column.
    func text(of name: String) -> FindingText {
        switch self {
        case .notSupported(let target, let type):
            .init(
                "\(target.refusal(of: type) ?? ""); the task would go from PostgreSQL to \(target.rawValue) with the migration type "
                    + type.rawValue,
                remedy: target == .neptune
                    ? "use --migration-type full-load, and bring later changes in another way"
                    : "choose another target, or move the data in another way")
        case .undocumented(let target):
            .init(
                "the DMS user guide does not document a largest LOB or full LOB mode for the target \(target.rawValue); "
                    + "of LOBs it says only that changes of a table without a primary key leave them out",
                remedy: "test the largest value of each table before the migration")
        case .noFullLOBMode(let target, let needed, let most):
            Self.withoutFullLOBMode(name, target, needed, most)
        case .noTableSettings(let target):
            .init(
                "LOB settings of a table have no effect with the target \(target.rawValue): the mapping has none, and the task's "
                    + "LobMaxSize, the largest that a table needs, holds for all of them",
                remedy:
                    "nothing to do; a table that needs much more than the others costs less in a task of its own"
            )
        case .noLOBs(let target, let lobClass):
            .init(
                "\"\(name)\" is a \(lobClass.rawValue.uppercased()) to DMS, which does not migrate those "
                    + "to \(target.rawValue)",
                remedy:
                    "leave the column out with a transformation rule (rule-action remove-column), or move it in another way"
            )
        case .valueTooLarge(let target, let needed, let most, let reason):
            .init(
                "\"\(name)\" needs \(needed.count) KB, and the target \(target.rawValue) takes \(most.count): \(reason)",
                remedy:
                    "shorten the values, leave the column out, or raise the target's limit where it has one")
        case .columnTooSmall(let limit):
            .init(
                "\"\(name)\" is limited to \(limit.count) KB: where DMS makes the table, its LOBs become TEXT or "
                    + "BLOB of at most 65,535 bytes, and a larger limit later needs another type",
                remedy: "make the columns LONGTEXT or LONGBLOB on the target beforehand")
        }
    }

    /// A size helps only where one may hold every value.
    private static func withoutFullLOBMode(
        _ name: String, _ target: TargetEngine, _ needed: Kibibytes?, _ most: Kibibytes
    ) -> FindingText {
        let needs = needed.map { "\($0.count) KB hold what is known" } ?? "its largest value is not known"
        let lacks =
            target.documentsLOBs ? "has no full LOB mode" : "has no full LOB mode that is documented"
        return .init(
            "\"\(name)\" would have to be unlimited, and the target \(target.rawValue) \(lacks): \(needs)",
            remedy: needed == nil
                ? "measure the table in full (--method full), and use limited mode where no value needs more than \(most.count) KB, "
                    + "the most that it takes there; else accept a cut (--truncation-ok), or leave the column out"
                : "no size holds every value, because limited mode takes at most \(most.count) KB there: shorten the values, accept a "
                    + "cut (--truncation-ok), or leave the column out")
    }
}
