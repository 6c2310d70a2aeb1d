import LOBAdvice

extension LimitFinding {
    /// - Parameter name: the column with its table, or the table.
    func text(of name: String) -> FindingText {
        switch self {
        case .tooSmall(let found): found.text(of: name)
        case .notProven(let found): found.text(of: name)
        case .bytesForKilobytes(let size, let needed):
            .init(
                "\"\(name)\" is limited to \(size.count) KB where \(needed.count) KB are enough: were bytes meant?",
                remedy: "bulk-max-size is in KB: write \(size.count / 1024)")
        case .combined(let table, let others):
            .init(
                "\"\(table)\"" + (others > 0 ? " and \(others) more are" : " is")
                    + " unlimited with a bulk-max-size above 0: values up to that size may travel with their row in a full "
                    + "load, which the guide documents for Db2 and ASE only; in CDC every LOB is looked up, whatever its size",
                remedy: "nothing to do; \"0\" says the same for CDC")
        }
    }
}

extension LimitFinding.TooSmall {
    fileprivate func text(of path: String) -> FindingText {
        let told = logged.map { "a log reported a value of \($0.bytes) bytes" }
        return .init(
            "\"\(path)\" is limited to \(limit.count) KB by \(origin), and "
                + [seen?.text, told].compactMap(\.self).joined(separator: "; ")
                + (isFiltered ? ", unless the filter keeps its row back" : ""),
            remedy: remedy.sentence)
    }
}

extension LimitFinding.LargerValues {
    fileprivate var text: String {
        let rows =
            count.lowerBound == count.upperBound
            ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
        return
            "\(isLeast ? "at least " : "")\(rows) of its values are larger; the largest seen has \(largest.bytes) bytes (sizing "
            + "\(sizing.rawValue))"
    }
}

extension LimitFinding.Remedy {
    fileprivate var sentence: String {
        switch self {
        case .unlimited: "use unlimited"
        case .limited(let size): "use limited with \(size.count) KB, or unlimited"
        case .unlimitedOrLimited(let least): "use unlimited, or limited with at least \(least.count) KB"
        case .copyLarger:
            "copy the larger values after the load with lobscope patch-plan, or go without them, as was accepted"
        case .acceptNoCut:
            "accept no cut of this table, as a cut value of this type is invalid, or agree on a limit that holds all of them"
        case .shorten: "shorten the values, or leave the column out"
        }
    }
}

extension LimitFinding.NotProven {
    fileprivate func text(of path: String) -> FindingText {
        .init(
            "\"\(path)\" is limited to \(limit.count) KB by \(origin), but \(reason.text)",
            remedy: isForecast
                ? "raise the limit, use unlimited, or profile again nearer to the cut-over"
                : "\(refusal?.remedy ?? LimitRefusal.everyRow), or use unlimited")
    }
}

extension LimitFinding.NotProven.Reason {
    fileprivate var text: String {
        switch self {
        case .smallSample: "the sample is too small to say what it needs"
        case .readTooLittle: "what was read of it does not say what it needs"
        case .notMeasured: "it was not measured"
        case .bounded(let size): "all that is known is that \(size.count) KB are enough"
        case .estimated(let size): "the estimate asks for \(size.count) KB"
        }
    }
}
