import DMS
import LOBAdvice

extension TruncationFinding {
    /// - Parameter subject: the column, the table, the source of a batch, or the log.
    func text(of subject: String) -> FindingText {
        switch self {
        case .seen(let seen): seen.text(of: subject)
        case .cutByEndpoint(let cut): cut.text(of: subject)
        case .lengthUnknown(let count, let limit):
            .init(
                "\"\(subject)\": for \(count) of the cut values the log gives no usable length (negative lengths come from an "
                    + "overflow in pglogical): they were larger than \(limit.bytes) bytes",
                remedy: "\(Self.measure), or use unlimited")
        case .unmatched(let count, let limit, let fits):
            .init(
                "\"\(subject)\" was cut \(count == 1 ? "once" : "\(count) times") at \(limit.bytes) bytes, but "
                    + (fits.isEmpty
                        ? "is not in the profile"
                        : "fits several tables (\(fits.map(\.losslessText).joined(separator: ", ")))"),
                remedy: Self.unknownTable)
        case .unlistedColumns(let count):
            .init(
                "the log names \(count) more cut columns that are not in the profile",
                remedy: Self.unknownTable)
        case .failed(let failure, let entries, let table):
            failure.text(of: table.label(subject), entries, table)
        case .refused(let reason, let changes, let value, let table):
            value.text(
                "\(table.label(subject)): the target refused \(changes) changes with \(reason.text)", table)
        case .differs(let rows, let table): rows.text(of: subject, table)
        case .unlistedTables, .failedSomewhere, .batchesFailed, .notRead, .withoutEntries, .notUnderstood:
            textOfLog(subject)
        }
    }

    fileprivate static let measure = "measure the table again"

    private static let unknownTable =
        "profile the database that the task reads; or the line came from data that was printed in the log"

    /// What leads from names of a target to a profile.
    static let profileThem =
        "give the tasks (--mapping) where rules rename tables, or profile the database that they read"

    /// What to do about values that were cut.
    fileprivate static func correctRule(_ table: Table) -> String {
        "\(table.isKnown ? "\(measure) (--remeasure)" : profileThem), deploy the corrected rule, and load the rows again"
    }

    static let asCut = "as json, xml and arrays are when they were cut on the way"
}

extension TruncationFinding.Table {
    /// A name in the profile, with the target's where that is another.
    fileprivate func label(_ name: String) -> String {
        "\"\(name)\"" + (target.map { " (on the target \"\($0.losslessText)\")" } ?? "")
    }

    fileprivate var stranger: String { isKnown ? "" : "; the profile has no such table" }
}

extension TruncationFinding.Seen {
    fileprivate func text(of subject: String) -> FindingText {
        .init(
            "\"\(subject)\": \(TruncationFinding.cut(values, cutAt))\(deployed.cause)"
                + "\(TruncationFinding.largest(length))\(deployed.message)",
            remedy: deployed.remedy(and: remedy.text))
    }
}

extension TruncationFinding.Seen.Remedy {
    fileprivate var text: String {
        switch self {
        case .measure: TruncationFinding.measure
        case .deployUnlimited: "the profile asks for unlimited: deploy its mapping"
        case .deploy(let size): "the profile's \(size.count) KB hold it: deploy its mapping"
        case .tooSmall(let size, let needed):
            "the profile's \(size.count) KB do not hold it (\(needed.count) KB or more are needed): \(TruncationFinding.measure)"
        }
    }
}

extension TruncationFinding.CutByEndpoint {
    fileprivate func text(of subject: String) -> FindingText {
        .init(
            "\"\(subject)\": \(TruncationFinding.cut(values, cutAt))\(TruncationFinding.largest(length)); the column has no "
                + "length, so that the source endpoint cut them, not a rule",
            remedy: setting.map { "\(UnboundedVarcharText.attribute($0)), then load again what was cut" }
                ?? "no setting of the endpoint holds such a value; \(UnboundedVarcharText.asLOB(column, of: table))"
        )
    }
}

extension TruncationFinding {
    fileprivate static func cut(_ values: Int, _ limit: ByteCount) -> String {
        "the log shows \(values) \(values == 1 ? "value" : "values") cut at \(limit.bytes) bytes"
    }

    fileprivate static func largest(_ length: ByteCount?) -> String {
        length.map { ", the largest had \($0.bytes) bytes" } ?? ""
    }
}

extension TruncationSummary.TableFailure {
    fileprivate func text(of label: String, _ entries: Int, _ table: TruncationFinding.Table) -> FindingText {
        switch self {
        case .malformedValue:
            .init(
                "\(label): the target refused \(entries) values as malformed, \(TruncationFinding.asCut)\(table.stranger)",
                remedy: TruncationFinding.correctRule(table))
        case .table, .load:
            .init(
                "\(label): its load failed, or the task went on without it (entries: \(entries)): rows are missing on the "
                    + "target\(table.stranger)",
                remedy: "mend what the entries before it say, and reload the table")
        case .noRow: Self.withoutRow("\(label): ", entries, table.stranger)
        }
    }

    static func withoutRow(_ label: String, _ changes: Int, _ stranger: String = "")
        -> FindingText
    {
        .init(
            "\(label)the rows of \(changes) changes were not on the target, as those that were refused or cut before are "
                + "not\(stranger)",
            remedy: "look for malformed values and failed loads of the table, and load it again")
    }
}

extension TruncationFinding.RefusedValue {
    fileprivate func text(_ what: String, _ table: TruncationFinding.Table) -> FindingText {
        switch self {
        case .notKnown: .init("\(what)\(table.stranger)", remedy: Self.lookAtRows)
        case .malformed: .init("\(what): a value is malformed there", remedy: Self.lookAtRows)
        case .malformedLOB:
            .init(
                "\(what): a value is malformed, \(TruncationFinding.asCut)\(table.stranger)",
                remedy: TruncationFinding.correctRule(table))
        }
    }

    private static let lookAtRows =
        "look at the rows of awsdms_apply_exceptions for the table: their changes are missing"
}

extension ApplyException.Reason {
    /// What an error says.
    var text: String {
        switch self {
        case .sqlState(let state): "SQLSTATE \(state)"
        case .malformed: "words about malformed JSON, without SQLSTATE"
        case .noRow: "\"0 rows affected\""
        case .other: "an error without SQLSTATE"
        }
    }
}

extension TruncationFinding.Differing {
    fileprivate func text(of subject: String, _ table: TruncationFinding.Table) -> FindingText {
        let open =
            repaired > 0
            ? "\(rows - repaired) rows (and \(repaired) that data resync has repaired)" : "\(rows) rows"
        let (what, remedy) = text(open)
        return .init("\(table.label(subject)): \(what)\(table.stranger)", remedy: remedy)
    }

    private func text(_ open: String) -> (String, remedy: String) {
        switch kind {
        case .recordDiffers:
            (
                "\(open) differ between source and target"
                    + (limit.map { "; its LOBs are cut above \($0.count) KB" } ?? ""),
                "where LOB columns differ values were cut: hold the largest against the limit (lint), and load the rows "
                    + "again; DETAILS of the control table names the columns"
            )
        case .missingOnTarget:
            (
                "\(open) are missing on the target",
                "look for refused changes and failed loads of the table, and load the rows again"
            )
        case .missingOnSource:
            ("\(open) are on the target only", "look for deletes that did not arrive")
        case .table, nil:
            ("validation complains \(rows) times", "look at the rows of the control table for it")
        }
    }
}
