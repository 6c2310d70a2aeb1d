import LOBAdvice

extension MemoryFinding {
    /// - Parameter name: of the table that takes most.
    func text(of name: String) -> FindingText {
        switch self {
        case .load(let load): load.text(of: name)
        case .change(let change): change.text(of: name)
        case .buffer(let size, let needed, let largest):
            .init(
                "StreamBufferSizeInMB is \(size), and a value may have \(largest.count) KB, which a buffer has to hold with its row",
                remedy: "set StreamBufferSizeInMB to \(needed) or more")
        }
    }
}

extension MemoryFinding.Load {
    fileprivate func text(of name: String) -> FindingText {
        let formulas =
            "\(Self.mebibytes(byCommitRate)) MiB by limit x CommitRate x LOB columns, "
            + "\(Self.mebibytes(byBulkArray)) MiB by LOB columns x tables in parallel x limit x 1000"
        let against =
            instance.map {
                ", and the instance has \(Self.mebibytes($0)) MiB, of which a quarter is for the engine"
            } ?? ""
        let what =
            tables == 1
            ? "\"\(name)\" may take"
            : "\(tables) tables at the same time, \"\(name)\" the most of them, may take"
        return .init(
            "\(what) \(Self.mebibytes(planned)) MiB while they are loaded "
                + "with CommitRate \(commitRate) and up to \(largestLimit.count) KB (\(formulas), "
                + "the larger of the guide's two formulas for each task; an estimate)\(against); DMS swaps where memory ends",
            remedy: sentence)
    }

    private var sentence: String {
        switch remedy {
        case .fits: "nothing to do: it fits \(instance == nil ? "an ordinary instance" : "the instance")"
        case .lessMemory(let rate):
            "choose a replication instance with more memory, a lower limit where truncation is accepted, or unlimited"
                + (rate.map { ", or set CommitRate to \($0)" } ?? "")
        }
    }

    private static func mebibytes(_ size: ByteCount) -> Int64 { size.bytes / (1 << 20) }
}

extension MemoryFinding.Change {
    fileprivate func text(of name: String) -> FindingText {
        let columns = lobColumns == 1 ? "1 LOB column" : "\(lobColumns) LOB columns"
        return .init(
            "a captured change of \"\(name)\" takes \(size.bytes / 1024) KB of memory (\(columns) x "
                + "\(isOfTask ? "LobMaxSize, " : "")\(limit.count) KB, by the guide): MemoryLimitTotal, \(memoryLimit) MB, holds \(count) of them, and what waits "
                + "beyond it goes to disk",
            remedy: "raise MemoryLimitTotal where the instance has the memory, or "
                + (isOfTask
                    ? "lower LobMaxSize where the rules of its tables allow that"
                    : "take unlimited for tables with large limits"))
    }
}
