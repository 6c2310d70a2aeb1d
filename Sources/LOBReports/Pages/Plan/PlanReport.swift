public import LOBAdvice

/// A plan: what would be read, how and why, for how long, and where asked for every statement.
public struct PlanReport: Sendable {
    let preview: PlanPreview
    let scope: Scope?
    let policy: Policy
    let connections: Int
    let showsSQL: Bool
    let options: GivenOptions

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - preview: the plan with its statements.
    ///   - scope: which tables were looked at.
    ///   - policy: what is asked of the recommendation.
    ///   - connections: how many measure at the same time.
    ///   - showsSQL: whether the statements are shown in full.
    ///   - options: what the command was given, for those that come next.
    public init(
        _ preview: PlanPreview, scope: Scope? = nil, policy: Policy = Policy(), connections: Int,
        showsSQL: Bool, options: GivenOptions = GivenOptions()
    ) {
        (self.preview, self.scope, self.policy) = (preview, scope, policy)
        (self.connections, self.showsSQL, self.options) = (connections, showsSQL, options)
    }

    /// The report in one format.
    ///
    /// - Parameters:
    ///   - isWhole: whether text has all tables, and not the most costly ones alone; the other formats always do.
    ///   - width: cells of a line.
    public func render(
        _ format: PageFormat, isWhole: Bool = false, width: Int = TerminalReport.defaultWidth
    ) -> [UInt8] {
        PlanPage(self, isWhole: isWhole || showsSQL || format != .text).page.render(format, width: width) {
            PlanJSON.render(self)
        }
    }
}
