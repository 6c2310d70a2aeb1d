public import ArgumentParser
public import LOBAdvice

/// What is wanted of the recommendation.
struct PolicyOptions: ParsableArguments {
    @Option(
        name: .customLong("policy"),
        help: ArgumentHelp(
            "What a team decided, in YAML: whose values may be cut until when, limits, risk, growth.",
            discussion: "The options below decide over the file.", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var file: String?

    @Option(
        help: ArgumentHelp(
            "Accepted probability that a value is above the limit. (default: 0.05)", valueName: "probability")
    )
    var risk: Double?

    @Option(help: ArgumentHelp("Added to an exact limit. (default: 25%)", valueName: "percent%"))
    var headroom: Percentage?

    @Option(
        help: "How DMS counts bytes: aws (two for a character, at least UTF-8), octets, or x3. (default: aws)"
    )
    var sizing: Sizing?

    @Option(help: "Mode of tables whose values must not be cut. (default: balanced)")
    var strategy: Policy.Strategy?

    @Option(
        help: ArgumentHelp(
            "Up to which limit balanced limits a table whose values must not be cut, headroom included. (default: 63)",
            discussion:
                "63 KB is where full loads slow down; changes take larger limits at the price of memory.",
            valueName: "kib"))
    var limitedUpTo: Int?

    @Option(help: "What the DMS task does. (default: cdc)")
    var migrationType: MigrationType?

    @Option(
        help: ArgumentHelp("Tables whose values may be cut; repeatable.", valueName: "pattern"),
        transform: NamePattern.argument)
    var truncationOk: [NamePattern] = []

    @Option(
        help: ArgumentHelp(
            "Rows that arrive in each table until the cut-over: their number, a percentage of those present, or days.",
            discussion: """
                Limits then hold for the rows present and those to come. The rate for days is that of the inserts \
                that the server has counted, or of the rows since --growth-since.
                """,
            valueName: "rows|percent%|DAYSd"))
    var growth: Growth?

    @Option(
        help: ArgumentHelp(
            "A limit, such as the one deployed now: what does it cut now, and how likely another value?",
            valueName: "kib"))
    var limit: Int?

    mutating func validate() throws {
        if let limit, !(1...2_147_483_647).contains(limit) {
            throw ValidationError("--limit must be from 1 to 2147483647 KiB, not \(limit).")
        }
        if let limitedUpTo, !(1...Kibibytes.limitedModeCeiling.count).contains(limitedUpTo) {
            throw ValidationError(
                "--limited-up-to must be from 1 to \(Kibibytes.limitedModeCeiling.count) KiB, not \(limitedUpTo)."
            )
        }
        if let risk, !(risk > 0 && risk < 1) {
            throw ValidationError("--risk must be between 0 and 1, not \(risk).")
        }
    }

    /// The policy: these options over those of the file, over others.
    ///
    /// - Throws: `CommandFailure` for a file that is wrong, with the line.
    func policy(over stored: Policy = Policy()) throws(CommandFailure) -> Policy {
        var policy = stored
        if let file { policy = try PolicyFile.read(path: file).applied(to: policy) }
        policy.risk = risk ?? policy.risk
        policy.headroom = headroom?.share ?? policy.headroom
        policy.sizing = sizing ?? policy.sizing
        policy.strategy = strategy ?? policy.strategy
        policy.limitedUpTo = limitedUpTo.map { Kibibytes($0) } ?? policy.limitedUpTo
        policy.migrationType = migrationType ?? policy.migrationType
        policy.growth = growth ?? policy.growth
        policy.limit = limit.map { Kibibytes($0) } ?? policy.limit
        policy.truncationOK = truncationOk.isEmpty ? policy.truncationOK : truncationOk
        return policy
    }
}

/// A share written in percent, such as `25%` or `25`.
struct Percentage: ExpressibleByArgument {
    /// The share; 1 is 100 %.
    let share: Double

    /// Creates a percentage.
    init(share: Double) {
        self.share = share
    }

    /// nil for text that is no number from 0 to 1000, with or without a percent sign.
    init?(argument: String) {
        var digits = argument.utf8[...]
        if digits.last == UInt8(ascii: "%") { digits.removeLast() }
        guard let text = String(digits), let percent = Double(text), (0...1000).contains(percent) else {
            return nil
        }
        share = percent / 100
    }
}

extension Growth: ExpressibleByArgument {
    /// nil for anything but a number of rows, a percentage or days.
    public init?(argument: String) {
        self.init(argument)
    }
}

extension Sizing: ExpressibleByArgument {}
extension Policy.Strategy: ExpressibleByArgument {}
extension MigrationType: ExpressibleByArgument {}
