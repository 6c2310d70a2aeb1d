import LOBAdvice

extension SizeFinding {
    /// - Parameter path: the column with its table, or the table.
    func text(of path: String) -> FindingText {
        switch self {
        case .unboundedVarchar(let cap, let seen, let remedy):
            .init(
                "\"\(path)\" has no length: DMS cuts its values at \(cap.text); \(seen.text)",
                remedy: remedy.sentence)
        case .valueTooLarge(let bytes, let text, let isImpossible):
            .init(
                "\"\(path)\" holds a value of \(bytes) bytes, \(text) bytes as text: "
                    + (isImpossible
                        ? "PostgreSQL cannot write that out, so no decoder can send it"
                        : "decoders were seen to fail from about 400 MB on"),
                remedy:
                    "move such rows by hand (COPY in binary form), and leave them out of the task with a filter"
            )
        case .rowTooLarge(let bytes):
            .init(
                "\"\(path)\" could have a row of \(bytes) bytes as text, more than the 1 GB that PostgreSQL can write out, "
                    + "if its largest values are in one row",
                remedy: "look for rows that hold several of the largest values, and move them by hand")
        case .refused(let refusal, let reasons):
            .init("\"\(path)\" has no limit: \(reasons.text)", remedy: refusal.remedy)
        case .spike(let spike): spike.text(of: path)
        }
    }
}

extension SizeFinding.VarcharCap {
    fileprivate var text: String {
        let cap = "\(Column.unboundedVarcharCap) bytes, whatever LobMaxSize says"
        return switch self {
        case .byDefault: "\(cap), unless the source endpoint has unboundedVarcharMaxSize"
        case .withoutSetting: "\(cap), as the source endpoint has no unboundedVarcharMaxSize"
        case .proposed(let size):
            "\(cap), unless the source endpoint is given unboundedVarcharMaxSize=\(size.bytes)"
        case .deployed(let size):
            "\(size.bytes) bytes, the unboundedVarcharMaxSize of the source endpoint, whatever LobMaxSize says"
        }
    }
}

extension SizeFinding.VarcharSeen {
    fileprivate var text: String {
        switch self {
        case .largest(let size): "the largest value seen has \(size.bytes) bytes"
        case .notKnown: "how large they are is not known"
        case .none: "no value of it was seen"
        }
    }
}

extension SizeFinding.VarcharRemedy {
    fileprivate var sentence: String {
        switch self {
        case .measure: "measure the column, to know which unboundedVarcharMaxSize it needs"
        case .makeLOB(let column):
            "no setting holds the largest value; \(UnboundedVarcharText.asLOB(column.column, of: column.table))"
        case .nothingNow:
            "nothing to do now; where larger values are to come, add unboundedVarcharMaxSize (up to "
                + "\(UnboundedVarchar.largestSetting.bytes)) to the extra connection attributes of the source endpoint"
        case .hasRoom: "nothing to do: the source endpoint has room for twice the largest value"
        case .largestSetting(let column):
            "no larger setting is available; where larger values are to come, \(UnboundedVarcharText.asLOB(column.column, of: column.table))"
        case .setting(let size, let isInFile):
            UnboundedVarcharText.attribute(size)
                + (isInFile ? ", as extra-connection-attributes.txt has it" : "")
        }
    }
}

extension SizeFinding.Spike {
    fileprivate func text(of path: String) -> FindingText {
        let kibibytes = size.bytes / 1024
        let rest =
            larger == 0
            ? isOfSample ? "none of those that were read is larger" : "none is larger"
            : "only \(larger) are larger (other sizes near it have \(neighbour) at most)"
        return .init(
            "\"\(path)\": \(count) values have exactly \(size.bytes) bytes (\(kibibytes) KB), and \(rest): "
                + "that is what is left where a task cuts at \(kibibytes) KB",
            remedy:
                "if this is a target, compare with the source and load these rows again with a larger limit; if the "
                + "application writes pieces of that size, nothing is wrong")
    }
}

extension LimitRefusal {
    /// What to do about it.
    var remedy: String {
        switch self {
        case .partlyRead: "see what was not measured, and why, and profile the table again"
        case .severalShards: "profile the table again with --shards, which reads each shard where it is"
        case .severalMoments:
            "profile the table again where it changes less, such as on a replica whose replay is paused, or raise "
                + "--snapshot-limit"
        case .sizesNotDrawn: Self.everyRow
        case .smallSample: "\(Self.everyRow), or a larger sample (--sample-percent)"
        case .rowsToCome:
            "profile again when more rows are there, or shortly before the cut-over without --growth"
        case .boundOfRowsPresent:
            "\(Self.everyRow), so that rows to come can be estimated, or profile again shortly before the "
                + "cut-over without --growth"
        }
    }

    /// What makes every estimate surer.
    static let everyRow = "measure every row (--method full)"
}
