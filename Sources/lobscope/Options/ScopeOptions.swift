public import ArgumentParser
public import LOBProfile
import LOBSurvey

/// Which tables to look at.
struct ScopeOptions: ParsableArguments {
    @Option(
        name: [.customShort("n"), .long],
        help: ArgumentHelp("Only schemas that match; repeatable. * and ? are wildcards, quotes keep case.", valueName: "pattern"))
    var schema: [NamePattern] = []

    @Option(
        name: [.customShort("t"), .long],
        help: ArgumentHelp("Only tables that match, as schema.table or table; repeatable.", valueName: "pattern"))
    var table: [NamePattern] = []

    @Option(
        name: [.customShort("T"), .long],
        help: ArgumentHelp("Not the tables that match; repeatable.", valueName: "pattern"))
    var excludeTable: [NamePattern] = []

    /// The scope.
    var scope: Scope { Scope(schemas: schema, tables: table, excludedTables: excludeTable) }
}

extension NamePattern: ExpressibleByArgument {
    /// nil for a pattern that cannot be read.
    public init?(argument: String) {
        guard let pattern = try? NamePattern(argument) else { return nil }
        self = pattern
    }
}
