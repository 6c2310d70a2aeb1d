import SizeStatistics
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// What two profiles say when they are held against each other.
@Suite struct ComparisonTests {
    private static let day: Int64 = 86_400

    private static func comparison(
        _ old: [TableProfile], _ new: [TableProfile], days: Int64 = 30,
        question: Comparison.Question = .later,
        database: String = "d"
    ) -> Comparison {
        Comparison(
            old: ProfileFixture.profile(old),
            new: ProfileFixture.profile(new, startedAt: days * day, database: database), question: question)
    }

    private static func sizes(_ counts: [Int64: Int]) -> [Int64] {
        counts.sorted { $0.key < $1.key }.flatMap { Array(repeating: $0.key, count: $0.value) }
    }

    @Test func theSameSizesAreTheSameWhateverTheDay() {
        let tables = [ProfileFixture.table("t", sizes: [1, 5, 900])]
        let comparison = Self.comparison(tables, tables)
        #expect(!comparison.isWorse)
        #expect(comparison.changedTables.isEmpty)
        #expect(comparison.rules.isEmpty)
        #expect(comparison.tables[0].columns[0].drift?.verdict == .same)
    }

    @Test func anOldLimitHoldsUntilTheRowsThatItCanTakeHaveCome() throws {
        let before = ProfileFixture.table("t", sizes: Self.sizes([100: 5000, 2000: 500, 10_000: 1]))
        let after = ProfileFixture.table("t", sizes: Self.sizes([100: 6000, 2000: 600, 10_000: 1]))
        let outlook = try #require(Self.comparison([before], [after]).tables[0].outlook)
        #expect(outlook.rule == .limited(Kibibytes(32)))
        #expect(outlook.holds == true)
        #expect(outlook.valuesCut == 0...0)
        #expect(try abs(#require(outlook.rowsPerDay) - 1100.0 / 30) < 0.01)
        let lifetime = try #require(outlook.lifetime)
        let (earliest, expected) = (try #require(lifetime.earliest), try #require(lifetime.expected))
        // It is counted from the new profile on.
        #expect(30 * Self.day < earliest && earliest < expected)
        // The rows that come until then raise the risk to the accepted one, by the tail's own word.
        let rows = Double(expected - 30 * Self.day) / Double(Self.day) * 1100 / 30
        let tail = AnchoredTail(
            SampledUnits(
                rows: try #require(after.columns[0].measurement).distribution, population: 6601))
        #expect(tail.expecting(future: Int(rows) - 2).risk(above: ByteCount(16_384)) <= 0.05)
    }

    @Test func aRateNeedsAlmostADay() {
        let before = ProfileFixture.table("t", sizes: [1, 2])
        let after = ProfileFixture.table("t", sizes: [1, 2, 3])
        let outlook = Comparison(
            old: ProfileFixture.profile([before]), new: ProfileFixture.profile([after], startedAt: 71_999)
        ).tables[0].outlook
        #expect(outlook?.holds == true)
        #expect(outlook?.rowsPerDay == nil)
        #expect(outlook?.lifetime == nil)
    }

    @Test func aLimitThatIsPassedIsOverAndTheRuleIsADifference() throws {
        let comparison = Self.comparison(
            [ProfileFixture.table("t", sizes: [10])], [ProfileFixture.table("t", sizes: [10, 70_000])])
        let outlook = try #require(comparison.tables[0].outlook)
        #expect(outlook.holds == false)
        #expect(outlook.valuesCut == 1...1)
        #expect(outlook.lifetime == nil)
        #expect(comparison.isWorse)
        #expect(comparison.rules.count == 1)
        #expect(comparison.rules[0].old?.lobSettings == .limited(Kibibytes(32)))
        #expect(comparison.rules[0].new?.lobSettings == .unlimited(bulkMaxSize: Kibibytes(64)))
    }

    /// What a change asks for: from nothing to a limit that cuts values.
    @Test func eachChangeIsOfOneKind() throws {
        func table(_ largest: Int64) -> [TableProfile] {
            [ProfileFixture.table("t", .bytea, sizes: [10, largest])]
        }
        func consequence(_ old: Int64, _ new: Int64, policy: Policy = Policy()) -> TableChange.Consequence? {
            Comparison(
                old: ProfileFixture.profile(table(old), policy: policy),
                new: ProfileFixture.profile(table(new), policy: policy, startedAt: 30 * Self.day)
            ).tables[0].consequence
        }
        #expect(consequence(1000, 1000) == nil)
        #expect(consequence(2000, 1000) == nil)
        #expect(consequence(1000, 2000) == .size)
        // 32 KB hold it, but not with headroom.
        #expect(consequence(1000, 31 * 1024) == .rule)
        #expect(consequence(1000, 33 * 1024) == .limit)
        #expect(consequence(500_000, 900_000) == .size)
        let order = TableChange.Consequence.allCases
        #expect(order == order.sorted() && order.last == .limit)
    }

    @Test func anotherSampleOfTheSameValuesIsOnlyAnotherSample() {
        func sampled(_ step: Int64) -> TableProfile {
            let sizes = (0..<2000).map { 100 + ($0 * step) % 997 * 3 }
            return ProfileFixture.table("t", sizes: sizes, method: .sample, rows: 40_000)
        }
        let comparison = Self.comparison([sampled(7)], [sampled(13)])
        #expect([.same, .sampleOnly].contains(comparison.tables[0].columns[0].drift?.verdict))
        #expect(!comparison.isWorse)
    }

    @Test func samplesOfOtherValuesAreAChange() {
        func sampled(_ factor: Int64) -> TableProfile {
            let sizes = (0..<2000).map { (100 + ($0 * 7) % 997 * 3) * factor }
            return ProfileFixture.table("t", sizes: sizes, method: .sample, rows: 40_000)
        }
        let comparison = Self.comparison([sampled(1)], [sampled(2)])
        #expect(comparison.tables[0].columns[0].drift?.verdict == .changed)
    }

    private static let smallSizes: [Int64] = (0..<4000).map { 100 + ($0 * 7) % 997 * 3 }

    private static func sampled(_ sizes: [Int64], rows: Int = 40_000) -> TableProfile {
        ProfileFixture.table("t", sizes: sizes, method: .sample, rows: rows)
    }

    @Test func aSecondSampleThatIsRefusedIsNoNews() {
        let few = stride(from: 0, to: 4000, by: 270).map { Self.smallSizes[$0] }
        for old in [Self.sampled(Self.smallSizes), ProfileFixture.table("t", sizes: Self.smallSizes)] {
            let comparison = Self.comparison([old], [Self.sampled(few)])
            #expect(comparison.tables[0].columns[0].new?.coverage == .refused)
            #expect(!comparison.isWorse)
            #expect(comparison.tables[0].isOtherSample)
            #expect(comparison.rules.isEmpty, "no rule changes for a sample")
        }
    }

    @Test func whatIsNotMeasuredAnyMoreIsWorse() {
        let comparison = Self.comparison(
            [Self.sampled(Self.smallSizes)], [ProfileFixture.table("t", sizes: [], isMeasured: false)])
        #expect(comparison.tables[0].worsenings == [.noLongerKnown(column: Identifier("body"))])
    }

    @Test func whatWasNotMeasuredOnOneSideIsNotCompared() {
        let measured = ProfileFixture.table("t", sizes: [10, 90_000])
        let unknown = ProfileFixture.table("t", sizes: [], isMeasured: false)
        for (old, new) in [(measured, unknown), (unknown, measured), (unknown, unknown)] {
            let comparison = Self.comparison([old], [new])
            let table = comparison.tables[0]
            #expect(!table.isCompared && comparison.notCompared.count == 1)
            #expect(comparison.rules.isEmpty, "no rule changes for what is not known")
            let states = [table.old, table.new].compactMap(\.self).filter { !$0.isMeasured }
            #expect(states.allSatisfy { $0.rows == .notKnown && $0.limit == nil && $0.risk == nil })
            #expect(table.outlook?.rowsPerDay == nil && table.outlook?.lifetime == nil)
        }
        #expect(!Self.comparison([unknown], [measured]).isWorse)
    }

    @Test func rowsAreMissingAfterALoadOnlyWhereThatIsCertain() {
        let source = ProfileFixture.table("t", sizes: [1, 2, 3])
        func worsenings(_ certainty: TableReading.Certainty, _ sizes: [Int64]) -> [TableChange.Worsening] {
            var target = ProfileFixture.table("t", sizes: sizes)
            target.reading = TableReading(
                certainty: certainty, moment: TableReading.oneMoment.moment, heldSeconds: 1, snapshots: 2)
            return Self.comparison([source], [target], question: .load).tables[0].worsenings
        }
        // At most two of three: one at least is missing. About two: perhaps none is.
        #expect(worsenings(.caughtUp, [3, 2]) == [.fewerRows(from: 3, to: 2)])
        #expect(worsenings(.severalMoments, [3, 2]).isEmpty)
    }

    @Test func aModeThatTipsWithTheSampleIsNoNews() {
        // Every value is known to fit; a sample of the same values cannot say so.
        let comparison = Self.comparison(
            [ProfileFixture.table("t", sizes: Self.smallSizes)],
            [Self.sampled(Array(Self.smallSizes.prefix(2000)))])
        #expect(comparison.tables[0].old?.mode == .limited)
        #expect(comparison.tables[0].new?.mode == .unlimited)
        #expect(!comparison.isWorse && comparison.rules.isEmpty)
    }

    @Test func anotherPolicyIsNoSampleNoise() {
        let table = Self.sampled(Self.smallSizes)
        let comparison = Comparison(
            old: ProfileFixture.profile([table], policy: Policy(strategy: .limitedWhenSafe)),
            new: ProfileFixture.profile([table], policy: Policy(strategy: .strict), startedAt: 86_400))
        #expect(
            comparison.tables[0].worsenings.contains {
                if case .rule = $0 { true } else { false }
            })
    }

    @Test func anOldRuleThatCutsWhatWasReadNowIsReportedThoughNothingNeedHaveChanged() throws {
        let policy = Policy(strategy: .limitedWhenSafe)
        let old = Self.sampled(Self.smallSizes)
        // One value in 4,000: no test can tell it from one that was missed.
        let new = Self.sampled(Array(Self.smallSizes.dropLast()) + [9_000_000])
        let comparison = Comparison(
            old: ProfileFixture.profile([old], policy: policy),
            new: ProfileFixture.profile([new], policy: policy, startedAt: 86_400))
        let table = comparison.tables[0]
        #expect(table.columns[0].drift?.verdict == .sampleOnly)
        guard case .limited? = table.old?.lobSettings else {
            Issue.record("the old rule has no limit")
            return
        }
        #expect(
            table.worsenings.contains {
                if case .riskAtOldRule(_, let risk) = $0 { risk == nil || risk == 1 } else { false }
            }, "\(table.worsenings)")
        #expect(!table.isOtherSample)
    }

    @Test func aValueAboveAnEstimatedLimitIsNewOnlyWhereItIsFarAbove() throws {
        let old = Self.sampled(Self.smallSizes)
        let estimate = ColumnEstimator(policy: Policy()).estimate(old.columns[0], of: old)
        let limit = try #require(estimate.limit).bytes
        func worsenings(_ largest: Int64) -> [TableChange.Worsening] {
            Self.comparison([old], [Self.sampled(Array(Self.smallSizes.dropLast()) + [largest])])
                .tables[0].worsenings
        }
        #expect(worsenings(limit + 1).isEmpty, "one limit in twenty is too low")
        #expect(
            worsenings(limit * 10_000) == [
                .largerValue(
                    column: Identifier("body"), from: estimate.largestSize, to: .atLeast(limit * 10_000))
            ])
    }

    @Test func afterALoadEveryLossIsWorse() {
        let source = [
            ProfileFixture.table("cut", sizes: Self.sizes([10: 100, 70_000: 1, 80_000: 2])),
            ProfileFixture.table("fewer", sizes: [1, 2, 3]), ProfileFixture.table("lost", sizes: [1]),
            ProfileFixture.table("short", sizes: [1, 50]), ProfileFixture.table("whole", sizes: [1, 2]),
        ]
        let target = [
            ProfileFixture.table("CUT", sizes: Self.sizes([10: 100, 65_536: 3]), schema: "dbo"),
            ProfileFixture.table("FEWER", sizes: [1, 3], schema: "dbo"),
            ProfileFixture.table("SHORT", sizes: [1, 49], schema: "dbo"),
            ProfileFixture.table("WHOLE", sizes: [1, 2], schema: "dbo"),
        ]
        let comparison = Self.comparison(source, target, question: .load, database: "target")
        #expect(comparison.isWorse)
        let body = Identifier("body")
        #expect(
            comparison.tables.map(\.worsenings) == [
                [.cutAt(column: body, size: ByteCount(65_536), values: 3)], [.fewerRows(from: 3, to: 2)],
                [.notLoaded(column: nil)],
                [.smallerValue(column: body, from: ByteCount(50), to: ByteCount(49))], [],
            ])
        #expect(comparison.tables[0].newName?.schema == Identifier("dbo"))
        #expect(comparison.rules.isEmpty)
    }

    @Test func rowsThatAreMissingAreNotTakenForACut() {
        let comparison = Self.comparison(
            [ProfileFixture.table("t", sizes: [40, 40, 40, 900])],
            [ProfileFixture.table("t", sizes: [40, 40])],
            question: .load)
        #expect(
            comparison.tables[0].worsenings == [
                .fewerRows(from: 4, to: 2),
                .smallerValue(column: Identifier("body"), from: ByteCount(900), to: ByteCount(40)),
            ])
    }

    @Test func jsonAgainstJsonbIsNotTakenForLoss() {
        let comparison = Self.comparison(
            [ProfileFixture.table("t", .jsonb, sizes: [100, 120])],
            [ProfileFixture.table("t", .json, sizes: [90, 110])],
            question: .load)
        #expect(!comparison.isWorse)
        #expect(comparison.tables[0].columns[0].drift == nil)
    }

    @Test func namesThatOccurTwiceAreNotPaired() {
        let comparison = Self.comparison(
            [ProfileFixture.table("t", sizes: [1])],
            [
                ProfileFixture.table("T", sizes: [1], schema: "a"),
                ProfileFixture.table("t", sizes: [1], schema: "b"),
            ],
            database: "target")
        #expect(comparison.tables.allSatisfy { $0.old == nil || $0.new == nil })
        #expect(comparison.isAcrossDatabases)
    }

    @Test func namesOfOneDatabaseAreNotPairedByHalf() {
        let comparison = Self.comparison(
            [ProfileFixture.table("t", sizes: [1])], [ProfileFixture.table("t", sizes: [1], schema: "b")])
        #expect(comparison.tables.count == 2)
    }
}
