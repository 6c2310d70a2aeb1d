public import ArgumentParser
public import LOBAdvice

/// How tables are measured.
struct MeasuringOptions: ParsableArguments {
    @Option(
        help: """
            auto reads every row where that is cheap, else the stored size of every row and the text of those that may \
            be large; what --time-budget leaves no time for is bounded or sampled. plan shows the choice. bound reads \
            hardly a row: it tells from TOAST how large the values of each table can be at most.
            """)
    var method: PlanOptions.Method = .auto

    @Option(
        help: """
            What a sample is made of: a fixed number of random blocks, read by their places; TABLESAMPLE SYSTEM \
            (blocks too); or TABLESAMPLE BERNOULLI (rows; reads every block).
            """)
    var sampleBy: SampleDesign.Method = .blocks

    @Option(
        help: ArgumentHelp(
            "How much to sample, such as 5%, over 0% and up to 100%. (default: 5%)", valueName: "percent"),
        transform: Percentage.sample)
    var samplePercent: Percentage = Percentage(percent: 5)

    @Option(
        help: """
            Whether the histograms of tables that are read in full count every row (exact), or below the tail those of \
            random blocks, a third faster (sampled); auto takes the latter for tables of over some 5 seconds. The largest \
            values and the tail are exact in all. none goes with --method bound, which then reads no block of a table.
            """)
    var histogram: HistogramDetail = .auto

    @Option(
        help: ArgumentHelp(
            "How tables are read in full: chunks holds locks for some 40 ms; ring spares shared_buffers.",
            discussion: """
                chunks reads ranges of blocks, and what is read stays in shared_buffers. ring reads each table that is \
                larger than a quarter of shared_buffers in one statement: the server keeps only a few of its blocks then, \
                but DDL on the table waits, vacuum cannot clean up and pauses do not begin until it is read.
                """))
    var scan: ScanWay = .chunks

    @Flag(
        help: ArgumentHelp(
            "Measure foreign tables too, each in one statement.",
            discussion: """
                Their rows are on other servers, which do the work, over the user mappings of the role; no pause looks \
                at them. DMS does not migrate foreign tables.
                """))
    var foreignTables = false

    @Flag(
        help: ArgumentHelp(
            "Read tables whose indexes or statistics may run code of their owners.",
            discussion: """
                PostgreSQL evaluates constant calls in the expressions of indexes and statistics with the rights of whoever \
                reads the table. Without this flag a role that may do more than read leaves such tables out; one that \
                may only read reads them.
                """))
    var trustOwners = false

    @Flag(
        help: ArgumentHelp(
            "Tell which top-level keys make the largest json and jsonb values large.",
            discussion: """
                Of up to 5 values of each column, those of over 1 KB, the 10 heaviest keys with their sizes, and the size \
                without them. Keys are names that the application gave, and where it uses data as keys, such as e-mail \
                addresses, they are data. They stand in the report and the snapshot. Values never leave the server.
                """))
    var jsonKeys = false

    @Flag(
        help: ArgumentHelp(
            "With --json-keys, the first 12 digits of SHA-256 in place of each key; PostgreSQL 11 or later.",
            discussion: """
                The server makes them, without a salt: keys do not leave it, but who can guess a key can tell whether it \
                is the one (printf %s KEY | sha256sum).
                """))
    var redactKeys = false

    @Option(help: "Seed of the sample, 0 to 2147483647; drawn at random and recorded when it is not given.")
    var seed: Int64?

    @Option(
        help: ArgumentHelp(
            """
            Time that measuring may take, such as 90s, 15min or 2h; by default as long as it takes. Tables are read from \
            the cheapest on; of what is not reached stands what a first look told: a bound, or a sample of some blocks.
            """,
            valueName: "time"),
        transform: TimeSpan.argument)
    var timeBudget: TimeSpan?

    @Option(help: "Connections that measure at the same time.")
    var jobs: Int = 2

    @Option(
        help: ArgumentHelp(
            "Longest time for one statement, such as 60s. (default: 60s)", valueName: "time"),
        transform: TimeSpan.argument)
    var statementTimeout: TimeSpan = TimeSpan(duration: .seconds(60))

    mutating func validate() throws {
        guard (1...64).contains(jobs) else {
            throw ValidationError("--jobs must be from 1 to 64, not \(jobs).")
        }
        guard statementTimeout.duration >= .seconds(1), statementTimeout.duration <= .seconds(86_400) else {
            throw ValidationError("--statement-timeout must be from 1s to 24h.")
        }
        if histogram == .omitted, method != .bound {
            throw ValidationError(
                "--histogram none goes with --method bound only: other methods count sizes anyway.")
        }
        if redactKeys, !jsonKeys {
            throw ValidationError("--redact-keys goes with --json-keys only: without it no key is read.")
        }
        if scan == .ring, method == .sample || histogram == .sampled {
            let other = method == .sample ? "--method sample" : "--histogram sampled"
            throw ValidationError(
                "--scan ring reads tables in full and in one go; it does not go with \(other).")
        }
        if let seed, !(0...Int64(Int32.max)).contains(seed) {
            throw ValidationError("--seed must be from 0 to 2147483647, not \(seed).")
        }
    }

    /// The options of the plan; without a seed that of an earlier survey, or one that is drawn.
    func planOptions(seed earlier: Int64? = nil) -> PlanOptions {
        PlanOptions(
            method: method,
            sample: SampleDesign(
                method: sampleBy, percent: samplePercent.percent,
                seed: seed ?? earlier ?? Int64.random(in: 0...Int64(Int32.max))
            ), timeBudget: timeBudget?.seconds, histogram: histogram, scan: scan,
            foreignTables: foreignTables ? true : nil, trustsOwners: trustOwners ? true : nil,
            jsonKeys: jsonKeys ? (redactKeys ? .hashed : .named) : nil)
    }
}

extension PlanOptions.Method: ExpressibleByArgument {}
extension SampleDesign.Method: ExpressibleByArgument {}
extension HistogramDetail: ExpressibleByArgument {}
extension ScanWay: ExpressibleByArgument {}
