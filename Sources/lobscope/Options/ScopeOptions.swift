import ArgumentParser
import LOBAdvice
import LOBSurvey

/// Which tables to look at.
struct ScopeOptions: ParsableArguments {
    @Option(
        name: [.customShort("n"), .long],
        help: ArgumentHelp(
            "Only schemas that match; repeatable. * and ? are wildcards, quotes keep case.",
            valueName: "pattern"),
        transform: NamePattern.argument)
    var schema: [NamePattern] = []

    @Option(
        name: [.customShort("t"), .long],
        help: ArgumentHelp(
            "Only tables that match, as schema.table or table; repeatable.", valueName: "pattern"),
        transform: NamePattern.argument)
    var table: [NamePattern] = []

    @Option(
        name: [.customShort("T"), .long],
        help: ArgumentHelp("Exclude matching tables; repeatable.", valueName: "pattern"),
        transform: NamePattern.argument)
    var excludeTable: [NamePattern] = []

    /// The scope.
    var scope: Scope { Scope(schemas: schema, tables: table, excludedTables: excludeTable) }
}

extension NamePattern {
    /// Reads the value of an option.
    ///
    /// - Throws: `ValidationError` that says what is wrong with it.
    static func argument(_ text: String) throws -> NamePattern {
        do {
            return try NamePattern(text)
        } catch {
            throw ValidationError("\(error)")
        }
    }
}
