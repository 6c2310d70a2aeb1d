import SizeStatistics
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile
@testable import LOBReports

/// Every sentence about risk, in one list: it must say what was read, what is sure, what is assumed, and what to do
/// for more certainty.
@Suite struct RiskSentencesTests {
    private static let sizes = (1...2000).map { Int64(100_000 / Double($0).squareRoot()) }

    private struct Sentence {
        let title: String
        let table: TableProfile
        var policy = Policy()

        var text: String {
            let profile = ProfileFixture.profile([table], policy: policy)
            return ColumnEstimator(profile).estimate(table.columns[0], of: table).statement
        }
    }

    private static func measured(
        _ family: TypeFamily = .text, rows: Int, sample: SampleDesign? = nil,
        _ measurement: ColumnMeasurement?
    ) -> TableProfile {
        let column = Fixtures.column(2, "body", family)
        let relation = Fixtures.relation("s", "t", keys: [Fixtures.key("pkey", [1])], columns: [column])
        return TableProfile(
            relation: relation, rows: .init(count: rows, isExact: sample == nil),
            sample: sample.map {
                .init(
                    design: $0, blocksRead: measurement?.blocks?.blocks ?? 0, blocksTotal: rows / 20,
                    rowsRead: measurement?.distribution.rows ?? 0)
            }, columns: [ColumnProfile(column: column, measurement: measurement)], seconds: 0,
            reading: .oneMoment)
    }

    private static func distribution(_ sizes: some Sequence<Int64>, nulls: Int = 0) -> SizeDistribution {
        var all = SizeDistribution()
        for size in sizes { all.add(ByteCount(size)) }
        all.addNulls(nulls)
        return all
    }

    private static func full(
        _ sizes: some Sequence<Int64>, nulls: Int = 0, unreadBlocks: Int = 0, tail: ExactTail? = nil
    ) -> TableProfile {
        let all = distribution(sizes, nulls: nulls)
        return measured(
            rows: all.rows,
            ColumnMeasurement(
                method: .full, distribution: all, largest: [], unreadBlocks: unreadBlocks, tail: tail))
    }

    private static func sampled(_ sizes: some Sequence<Int64>, rows: Int) -> TableProfile {
        measured(
            rows: rows, sample: SampleDesign(method: .bernoulli, percent: 10, seed: 1),
            ColumnMeasurement(method: .sample, distribution: distribution(sizes), largest: []))
    }

    private static func blocks(_ count: Int, rows: Int) -> TableProfile {
        var (all, blocks) = (SizeDistribution(), BlockSummary())
        for block in 0..<count {
            let drawn = (0..<20).map { ByteCount(sizes[(block * 20 + $0) * 7 % 2000]) }
            blocks.add(sizes: drawn, nulls: 0)
            for size in drawn { all.add(size) }
        }
        return measured(
            rows: rows, sample: SampleDesign(method: .blocks, percent: 10, seed: 1),
            ColumnMeasurement(method: .sample, distribution: all, largest: [], blocks: blocks))
    }

    /// Rows of 1,000 stored bytes, all but a few of the random ones unread; each is `ratio` times as large.
    private static func documents(
        _ family: TypeFamily, ratio: Int64, random: Int = 60, rows: Int = 5000, usesLZ4: Bool? = nil,
        unreadRows: Int = 0, tellsCompression: Bool = false
    ) -> TableProfile {
        var (all, strata) = (SizeDistribution(), StoredSizeStrata())
        let (compressed, plain) = tellsCompression ? (true, false) : (Bool?.none, Bool?.none)
        strata.add(stored: ByteCount(4000), isCompressed: compressed, count: 10)
        for _ in 0..<10 {
            strata.addLargest(
                stored: ByteCount(4000), isCompressed: compressed, size: ByteCount(4000 * ratio))
            all.add(ByteCount(4000 * ratio))
        }
        strata.add(stored: ByteCount(1000), isCompressed: plain, count: rows)
        for row in 0..<random {
            let size = ByteCount(1000 * (tellsCompression ? 1 : ratio) - Int64(row))
            strata.addRandom(stored: ByteCount(1000), isCompressed: plain, size: size)
            all.add(size)
        }
        return measured(
            family, rows: rows + 10,
            ColumnMeasurement(
                method: .twoPhase, distribution: all, largest: [], unreadRows: unreadRows, strata: strata,
                usesLZ4: usesLZ4))
    }

    private static func rate(_ source: InsertRate.Source, _ perSecond: Double = 0.01) -> InsertRate {
        InsertRate(rowsPerSecond: perSecond, source: source, since: 0)
    }

    private static let small = sizes.map { $0 / 8 }

    private static let sentences: [Sentence] = [
        .init(title: "exact", table: full(sizes, nulls: 7)), .init(title: "exact, small", table: full(small)),
        .init(title: "exact, no value", table: full([], nulls: 12)),
        .init(
            title: "exact, histogram of random blocks",
            table: full(sizes, tail: ExactTail(floor: ByteCount(9000), sizes: distribution([100_000])))),
        .init(title: "exact, growth given", table: full(sizes), policy: Policy(growth: .rows(200))),
        .init(
            title: "exact, small, growth given", table: full(small), policy: Policy(growth: .rows(20))),
        .init(
            title: "exact, growth by the server's counters",
            table: full(sizes).growing(at: rate(.statistics)),
            policy: Policy(growth: .days(1))),
        .init(
            title: "exact, growth since an earlier profile", table: full(sizes).growing(at: rate(.snapshot)),
            policy: Policy(growth: .days(1))),
        .init(
            title: "exact, nothing arrives", table: full(sizes).growing(at: rate(.statistics, 0)),
            policy: Policy(growth: .days(1))),
        .init(title: "exact, unknown growth", table: full(sizes), policy: Policy(growth: .days(1))),
        .init(title: "exact, growth of nothing", table: full([]), policy: Policy(growth: .rows(5))),
        .init(title: "exact, growth of too few", table: full([1, 2]), policy: Policy(growth: .rows(500))),
        .init(
            title: "exact, growth without bounds", table: full(sizes),
            policy: Policy(growth: .rows(50_000_000))),
        .init(title: "two phases, every row", table: documents(.jsonb, ratio: 3, random: 60, rows: 60)),
        .init(title: "two phases, jsonb", table: documents(.jsonb, ratio: 3)),
        .init(title: "two phases, json", table: documents(.json, ratio: 3)),
        .init(title: "two phases, json without lz4", table: documents(.json, ratio: 3, usesLZ4: false)),
        .init(
            title: "two phases, json, bounded", table: documents(.json, ratio: 63, random: 5, rows: 900_000)),
        .init(
            title: "two phases, json without lz4, bounded",
            table: documents(.json, ratio: 21, random: 5, rows: 900_000, usesLZ4: false)),
        .init(
            title: "two phases, jsonb, all compressed ones read",
            table: documents(.jsonb, ratio: 3, tellsCompression: true)),
        .init(
            title: "two phases, json, all compressed ones read",
            table: documents(.json, ratio: 3, tellsCompression: true)),
        .init(title: "two phases, nothing at random", table: documents(.jsonb, ratio: 3, random: 0)),
        .init(
            title: "two phases, growth", table: documents(.jsonb, ratio: 3), policy: Policy(growth: .rows(9))),
        .init(title: "sample of rows", table: sampled(sizes.prefix(1999), rows: 8000)),
        .init(title: "sample of blocks", table: blocks(90, rows: 9000)),
        .init(
            title: "sample, growth", table: sampled(sizes, rows: 8000), policy: Policy(growth: .rows(100))),
        .init(
            title: "sample, unknown growth", table: sampled(sizes, rows: 8000),
            policy: Policy(growth: .days(1))),
        .init(title: "refused, too few", table: sampled(sizes.prefix(9), rows: 8000)),
        .init(title: "refused, no value", table: sampled([], rows: 8000)),
        .init(title: "sample of few blocks", table: blocks(9, rows: 9000)),
        .init(title: "refused, few of many", table: sampled((1...30).map { $0 * 7 }, rows: 900_000)),
        .init(
            title: "sample, above the ceiling", table: sampled(sizes.map { $0 * 900 }, rows: 8000)),
        .init(title: "blocks that could not be read", table: full(sizes, unreadBlocks: 2)),
        .init(
            title: "rows that could not be read", table: documents(.jsonb, ratio: 3, unreadRows: 4)),
        .init(title: "not measured", table: measured(rows: 5, nil)),
    ]

    @Test func everySentenceIsAsRecorded() {
        let list = Self.sentences.map { "\($0.title)\n    \($0.text)\n" }.joined(separator: "\n")
        expect(list, matchesGolden: "risk-sentences.txt")
    }

    /// Why a table has its mode, by strategy.
    @Test func everyReasonIsAsRecorded() throws {
        let policies: [(String, (Policy) -> Policy)] = [
            ("balanced", { $0 }),
            ("strict", { Self.policy($0) { $0.strategy = .strict } }),
            ("limited-when-safe", { Self.policy($0) { $0.strategy = .limitedWhenSafe } }),
        ]
        let titles = [
            "exact", "exact, small", "exact, small, growth given", "exact, growth given",
            "exact, unknown growth", "two phases, jsonb", "sample of blocks",
            "refused, too few", "sample, above the ceiling", "not measured",
        ]
        var lines: [String] = []
        for sentence in Self.sentences where titles.contains(sentence.title) {
            lines.append(sentence.title)
            for (name, change) in policies {
                let profile = ProfileFixture.profile([sentence.table], policy: change(sentence.policy))
                let table = try #require(Recommender(profile).recommend().tables.first)
                let risk = table.risk.map { $0.percentText } ?? "not known"
                lines.append(
                    "    \(name): \(table.mode.rawValue), risk \(risk): \(ModeWords.sentence(table.reason))")
            }
        }
        expect(lines.joined(separator: "\n") + "\n", matchesGolden: "mode-reasons.txt")
    }

    private static func policy(_ policy: Policy, _ change: (inout Policy) -> Void) -> Policy {
        var policy = policy
        change(&policy)
        return policy
    }

    /// Who reads only this must know what to do next.
    @Test func everySentenceSaysWhatToDoNext() {
        for sentence in Self.sentences {
            let text = sentence.text
            #expect(
                ["--method full", "rofile", "--growth"].contains { text.contains($0) },
                "\(sentence.title): \(text)")
            #expect(text.hasSuffix("."), "\(sentence.title)")
        }
    }

    /// What is not certain is not called so, and what was not read in full says that it is no more than likely.
    @Test func onlyWhatIsReadOrProvenIsCalledCertain() {
        for sentence in Self.sentences {
            let profile = ProfileFixture.profile([sentence.table], policy: sentence.policy)
            let estimate = ColumnEstimator(profile).estimate(sentence.table.columns[0], of: sentence.table)
            let isCertain =
                estimate.statement.contains("certain,") || estimate.statement.contains("is certain")
            let isProven = estimate.coverage == .exact || estimate.coverage == .bounded
            let isWithoutDoubt = isProven || sentence.title.hasSuffix("every row")
            if estimate.coverage == .sampled, !isWithoutDoubt {
                #expect(estimate.statement.contains("ssuming"), "\(sentence.title)")
                #expect(!isCertain, "\(sentence.title)")
            }
            if isProven { #expect(isCertain || sentence.policy.growth != nil, "\(sentence.title)") }
        }
    }
}
