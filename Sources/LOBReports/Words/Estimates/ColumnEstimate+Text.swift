public import LOBAdvice
import SizeStatistics

extension ColumnEstimate {
    /// What is sure without any assumption, and what is assumed, in sentences.
    public var statement: String { reasons.text }
}

extension [EstimateReason] {
    /// In sentences.
    var text: String { map(\.text).joined(separator: " ") }
}

extension EstimateReason {
    /// In sentences.
    var text: String {
        switch self {
        case .notMeasured:
            "Nothing was read of it, so nothing is known of its sizes: \(Self.again)"
        case .complete(let reading): reading.text
        case .incomplete(let reading): reading.text
        case .twoPhase(let reading): reading.text
        case .sample(let sample): sample.text
        case .bound(let bound): bound.text
        case .forecast(let forecast): forecast.text
        case .logged(let logged):
            "A log of DMS reported a value of \(logged.size.bytes) bytes\(logged.time.map { " at \($0)" } ?? ""), larger than "
                + "what is there now, and the limit holds that too."
        }
    }
}

extension EstimateReason {
    fileprivate static let again =
        "see what was not measured, and why, and profile the table again. \(unlimited)"

    /// What is left where there is no limit.
    static let unlimited = "Unlimited LOB mode needs no limit."
}

extension EstimateReason.Complete {
    fileprivate var text: String {
        let size = largest.map { "\($0.bytes) bytes" }
        return switch moment {
        case .one:
            if let size {
                "\(read) The largest value has \(size): none is larger, that is certain of the rows present."
            } else {
                "\(read) There is no value: that is certain of the rows present."
            }
        case .caughtUp(let snapshots):
            "Every row was read in one of \(snapshots) moments, and what had changed since the first again in "
                + "the last: at most \(counts), some of which may have been replaced or deleted meanwhile. "
                + "\(size.map { "None is larger than \($0)" } ?? "There is no value"): that is "
                + "certain of the rows present in the last moment."
        case .notRecorded:
            "\(read) \(size.map { "The largest value has \($0)." } ?? "None has a value.") The moments in which they were read "
                + "were not recorded: a row that moved meanwhile may be missing, and larger."
        }
    }

    private var counts: String { "\(rows) rows, \(nulls) of them NULL" }

    private var read: String {
        isTail
            ? "The size of every row was compared; the histogram is that of random blocks with \(counts)."
            : "Every row was read: \(counts)."
    }
}

extension EstimateReason.Incomplete {
    fileprivate var text: String {
        let seen = largest.map { "the largest of them has \($0.bytes) bytes" } ?? "none has a value"
        let read = "\(rows) rows were read and \(seen)"
        return switch obstacle {
        case .severalMoments:
            """
            \(read), but in several moments: rows that moved \
            meanwhile may be missing, so no limit is given. Profile a replica whose replay is paused, or raise \
            --snapshot-limit. \(EstimateReason.unlimited)
            """
        case .severalShards:
            "\(read), but each shard in a moment of its own: rows that moved from one to another meanwhile may be missing, so no "
                + "limit is given. Read the shards where they are (--shards). \(EstimateReason.unlimited)"
        case .unreadBlocks(let count): "\(read); \(count) blocks \(Self.unread)"
        case .unreadRows(let count): "\(read); \(count) rows \(Self.unread)"
        }
    }

    private static let unread =
        "could not be read and may hold larger values, so no limit is given. S\(EstimateReason.again.dropFirst())"
}
