public import LOBAdvice

/// A comparison in any of its forms.
public struct ComparisonReport: Sendable, Equatable {
    /// What is shown.
    public let comparison: Comparison
    /// Whether only tables that got worse are shown, and nothing at all where none did.
    public let isOnlyWorse: Bool
    /// Where the snapshots are, for a shell.
    let paths: [String]?

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - comparison: what is shown.
    ///   - isOnlyWorse: whether only what got worse is shown.
    ///   - paths: the earlier and the later snapshot or report folder, for the commands that come next.
    public init(
        _ comparison: Comparison, isOnlyWorse: Bool = false, paths: (old: String, new: String)? = nil
    ) {
        self.paths = paths.map { [ShellWord.path($0.old) ?? "OLD", ShellWord.path($0.new) ?? "NEW"] }
        self.comparison = comparison
        self.isOnlyWorse = isOnlyWorse
    }

    /// The report in one format; no bytes where there is nothing to show.
    public func render(
        _ format: PageFormat, width: Int = TerminalReport.defaultWidth, isColored: Bool = false
    ) -> [UInt8] {
        guard !isOnlyWorse || comparison.isWorse else { return [] }
        return ComparisonPage(self).page.render(format, width: width, isColored: isColored) {
            ComparisonJSON.render(self)
        }
    }

    /// The tables that are shown.
    var tables: [TableChange] {
        isOnlyWorse ? comparison.tables.filter { !$0.worsenings.isEmpty } : comparison.changedTables
    }

    /// Tables listed as not compared.
    var outOfScope: [OutOfScope] { isOnlyWorse ? [] : comparison.outOfScope }

    /// The rules that are shown.
    var rules: [RuleChange] {
        guard isOnlyWorse else { return comparison.rules }
        let shown = Set(tables.flatMap { [$0.name, $0.newName ?? $0.name] + $0.columns.map(\.relation) })
        return comparison.rules.filter { shown.contains($0.table) }
    }
}
