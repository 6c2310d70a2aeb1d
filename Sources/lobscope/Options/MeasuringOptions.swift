public import ArgumentParser
public import LOBAdvice

/// How tables are measured.
struct MeasuringOptions: ParsableArguments {
    @Option(
        help: """
            auto reads every row where that is cheap; elsewhere it reads the stored size of every row, and the text of \
            those that may be large. What does not fit into --time-budget is bounded or sampled; plan shows the choice. \
            full reads every row, sample a part of them. bound reads almost no row: TOAST tells how large the values of \
            each table can be at most.
            """)
    var method: PlanOptions.Method = .auto

    @Option(
        help: """
            How to sample: blocks reads a fixed number of random blocks; system is TABLESAMPLE SYSTEM (blocks too); \
            bernoulli is TABLESAMPLE BERNOULLI (rows, but it reads every block).
            """)
    var sampleBy: SampleDesign.Method = .blocks

    @Option(
        help: ArgumentHelp(
            "How much to sample, such as 5%, over 0% and up to 100%. (default: 5%)", valueName: "percent%"),
        transform: SamplePercentage.argument)
    var samplePercent: SamplePercentage = SamplePercentage(percent: 5)

    @Option(
        help: """
            Histograms of tables that are read in full: exact counts every row; sampled counts those of random blocks \
            below the tail, and is a third faster; auto is sampled for tables that take more than about 5 seconds. The \
            largest values and the tail are always exact. none goes with --method bound, which then reads no block of a \
            table.
            """)
    var histogram: HistogramDetail = .auto

    @Option(
        help: ArgumentHelp(
            "How tables are read in full: chunks holds locks for about 40 ms at a time; ring spares shared_buffers.",
            discussion: """
                chunks reads ranges of blocks, which stay in shared_buffers. ring reads each table that is larger than a \
                quarter of shared_buffers in one statement: the server then keeps only a few of its blocks, but until the \
                table is read, DDL on it waits, vacuum cannot clean up and no pause begins.
                """))
    var scan: ScanWay = .chunks

    @Flag(
        help: ArgumentHelp(
            "Measure foreign tables too, each in one statement.",
            discussion: """
                Their rows are on other servers, which do the work, through the user mappings of the role; --max-load and \
                --max-lag do not look at those servers. DMS does not migrate foreign tables.
                """))
    var foreignTables = false

    @Flag(
        help: ArgumentHelp(
            "Read tables whose indexes or statistics may run their owners' code.",
            discussion: """
                PostgreSQL evaluates constant calls in the expressions of indexes and statistics with the rights of whoever \
                reads the table. Without this flag, a role that may do more than read leaves such tables out; a role that \
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

    @Option(
        help: "Seed of the sample, from 0 to 2147483647; if not given, it is drawn at random and recorded.")
    var seed: Int64?

    @Option(
        help: ArgumentHelp(
            """
            How long measuring may take, such as 90s, 15min or 2h; by default as long as it needs. The cheapest tables are \
            read first; for those that are not reached, a first look gives a bound, or a sample of a few blocks.
            """,
            valueName: "time"),
        transform: TimeSpan.argument)
    var timeBudget: TimeSpan?

    @Option(help: "Number of connections that measure at the same time, to each server that is read from.")
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
                "--histogram none can only be combined with --method bound: other methods count sizes anyway."
            )
        }
        if redactKeys, !jsonKeys {
            throw ValidationError("--redact-keys goes with --json-keys only: without it no key is read.")
        }
        if scan == .ring, method == .sample || histogram == .sampled {
            let other = method == .sample ? "--method sample" : "--histogram sampled"
            throw ValidationError(
                "--scan ring reads tables in full, in one statement; it cannot be combined with \(other).")
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
