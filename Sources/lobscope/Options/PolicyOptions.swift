public import ArgumentParser
public import LOBAdvice

/// What is wanted of the recommendation.
struct PolicyOptions: ParsableArguments {
    @Option(
        name: .customLong("policy"),
        help: ArgumentHelp(
            "Decisions of a team, in YAML: whose values may be cut until when, limits, risk, growth.",
            discussion: "The options below override the file.", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var file: String?

    @Option(
        help: ArgumentHelp(
            "Accepted probability that a value is above the limit, such as 1%. (default: 5%)",
            valueName: "percent%"),
        transform: RiskPercentage.argument)
    var risk: RiskPercentage?

    @Option(
        help: ArgumentHelp(
            "Added to a limit that is certain, such as 25%. (default: 25%)", valueName: "percent%"),
        transform: Percentage.argument)
    var headroom: Percentage?

    @Option(
        help:
            "How DMS counts text: aws (2 x octets, at least UTF-8 bytes + 1), octets, or x3 (3 x octets). (default: aws)"
    )
    var sizing: Sizing?

    @Option(help: "How LOB modes are chosen for tables whose values must not be cut. (default: balanced)")
    var strategy: Policy.Strategy?

    @Option(
        help: ArgumentHelp(
            "The largest limit that balanced gives to tables whose values must not be cut, headroom included. (default: 63KB)",
            discussion:
                "Full loads slow down above 63 KB; CDC takes larger limits at the cost of memory.",
            valueName: "size"),
        transform: Kibibytes.argument)
    var limitedUpTo: Kibibytes?

    @Option(help: "What the DMS tasks do. (default: cdc)")
    var migrationType: MigrationType?

    @Option(
        help: ArgumentHelp("Tables whose values may be cut; repeatable.", valueName: "pattern"),
        transform: NamePattern.argument)
    var truncationOk: [NamePattern] = []

    @Option(
        help: ArgumentHelp(
            "Rows expected in each table until the cut-over: 30000rows, 30% (of those present) or 30d (those of 30 days).",
            discussion: """
                Limits then hold for the rows present and those expected. The rate for days is that of the inserts that \
                the server has counted, or of the rows added since --growth-since.
                """,
            valueName: "rows|percent|time"),
        transform: Growth.argument)
    var growth: Growth?

    @Option(
        help: ArgumentHelp(
            "Say what a limit, such as the one deployed now (64KB, 1MB), would cut now, and how likely it cuts another value.",
            discussion: "A number alone is KB, as in the settings of DMS.",
            valueName: "size"),
        transform: Kibibytes.argument)
    var limit: Kibibytes?

    /// The policy: these options over those of the file, over others.
    ///
    /// - Throws: `CommandFailure` for a file that is wrong, with the line.
    func policy(over stored: Policy = Policy()) throws(CommandFailure) -> Policy {
        var policy = stored
        if let file { policy = try PolicyFile.read(path: file).applied(to: policy) }
        policy.risk = risk?.share ?? policy.risk
        policy.headroom = headroom?.share ?? policy.headroom
        policy.sizing = sizing ?? policy.sizing
        policy.strategy = strategy ?? policy.strategy
        policy.limitedUpTo = limitedUpTo ?? policy.limitedUpTo
        policy.migrationType = migrationType ?? policy.migrationType
        policy.growth = growth ?? policy.growth
        policy.limit = limit ?? policy.limit
        policy.truncationOK = truncationOk.isEmpty ? policy.truncationOK : truncationOk
        return policy
    }
}

extension Sizing: ExpressibleByArgument {}
extension Policy.Strategy: ExpressibleByArgument {}
extension MigrationType: ExpressibleByArgument {}
