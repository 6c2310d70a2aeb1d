import SizeStatistics
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// What may be said of figures follows from the moments in which rows were read.
@Suite struct ReadingTests {
    private func table(_ certainty: TableReading.Certainty?) -> TableProfile {
        var table = ProfileFixture.table("t", sizes: [10, 5_000, 40_000])
        table.reading = certainty.map {
            TableReading(certainty: $0, moment: TableReading.oneMoment.moment, heldSeconds: 1, snapshots: 2)
        }
        return table
    }

    private func recommended(_ certainty: TableReading.Certainty?) -> TableRecommendation {
        Recommender(ProfileFixture.profile([table(certainty)])).recommend().tables[0]
    }

    @Test func onlyOneMomentIsExact() {
        let column = recommended(.oneMoment).columns[0]
        #expect(column.estimate.coverage == .exact)
        #expect(column.estimate.largestSize == .exact(40_000))
    }

    @Test func whatWasCaughtUpIsAtMost() throws {
        let column = recommended(.caughtUp).columns[0]
        #expect(column.estimate.coverage == .bounded)
        #expect(column.estimate.largestSize == .atMost(40_000))
        #expect(column.estimate.limit == ByteCount(40_000))
        #expect(column.risk == 0)
        let cut = try #require(column.estimate.cut(at: [ByteCount(1000)])?.points.first?.rows)
        #expect(cut == .between(0...2))
    }

    @Test func severalMomentsGiveNoLimit() {
        let table = recommended(.severalMoments)
        #expect(table.columns[0].estimate.coverage == .refused)
        #expect(table.columns[0].estimate.largestSize == .atLeast(40_000))
        #expect(table.limit == nil && table.mode == .unlimited)
    }

    @Test func olderProfilesKeepTheirRulesAndAreNotExact() {
        let (table, exact) = (recommended(nil), recommended(.oneMoment))
        #expect(table.columns[0].estimate.coverage == .undated)
        #expect(table.columns[0].estimate.largestSize == .atLeast(40_000))
        #expect(table.mode == exact.mode && table.bulkMaxSize == exact.bulkMaxSize)
    }

    @Test func rowsAreWhatTheirMomentsProve() {
        #expect(table(.oneMoment).rowFigure == .exact(3))
        #expect(table(.caughtUp).rowFigure == .atMost(3))
        // A row that moved may have been missed, or counted twice.
        #expect(table(.severalMoments).rowFigure == .estimated(3))
        #expect(table(nil).rowFigure == .estimated(3))
        #expect(ProfileFixture.table("t", sizes: [1], isMeasured: false).rowFigure == .notKnown)
        #expect(ProfileFixture.table("t", sizes: [1], method: .sample, rows: 50).rowFigure == .estimated(50))
    }

    @Test func aPartIsAtLeastAndOnlyInOneMoment() {
        var part = ProfileFixture.table("t", sizes: [1, 2])
        let sizes = SizeDistribution(counts: [1: 1, 2: 1])
        part.columns[0] = ColumnProfile(
            column: part.columns[0].column,
            measurement: ColumnMeasurement(method: .full, distribution: sizes, largest: [], unreadBlocks: 4))
        part.rows = .init(count: 2, isExact: false)
        #expect(part.rowFigure == .atLeast(2))
        part.reading = nil
        #expect(part.rowFigure == .notKnown)
    }

    @Test func unlimitedModeHasARiskOnlyOfWhatIsKnown() {
        let policy = Policy(strategy: .strict)
        func risks(_ table: TableProfile) -> [Double?] {
            let recommended = Recommender(ProfileFixture.profile([table], policy: policy)).recommend().tables[
                0]
            #expect(recommended.mode == .unlimited)
            return [recommended.risk, recommended.columns[0].risk]
        }
        #expect(risks(table(.oneMoment)) == [0, 0])
        #expect(risks(table(.severalMoments)) == [nil, nil])
        #expect(risks(ProfileFixture.table("t", sizes: [], isMeasured: false)) == [nil, nil])
    }

    @Test func aValueThatMayBeGoneIsNoCertainCut() {
        func risks(_ certainty: TableReading.Certainty?) -> [Double?] {
            let estimate = recommended(certainty).columns[0].estimate
            return [40_000, 39_999].map { estimate.risk(above: ByteCount($0)) }
        }
        #expect(risks(.oneMoment) == [0, 1])
        #expect(risks(.caughtUp) == [0, nil])
        #expect(risks(nil) == [nil, 1])
        #expect(risks(.severalMoments) == [nil, nil])
    }

    @Test func lookUpsOfPartsAreAtLeast() {
        var known = ProfileFixture.table("t", sizes: [10, 20])
        known.columns.append(
            ColumnProfile(column: Fixtures.column(3, "other", .text), measurement: nil))
        let recommender = Recommender(ProfileFixture.profile([known]))
        let alternatives = ModeAlternatives(recommender.recommend().tables[0], by: recommender)
        #expect(alternatives.values == .atLeast(2) && alternatives.inline.isEmpty)
    }

    @Test func positionsEncloseAllMomentsOfOneServer() {
        func table(_ name: String, at time: Int64, _ before: UInt64?, _ after: UInt64?) -> TableProfile {
            var table = ProfileFixture.table(name, sizes: [1])
            let moment = Moment(
                takenAt: time, lsnBefore: before.map { LSN(bytes: $0) },
                lsnAfter: after.map { LSN(bytes: $0) })
            table.reading = TableReading(certainty: .oneMoment, moment: moment, heldSeconds: 1)
            return table
        }
        var profile = ProfileFixture.profile([
            table("a", at: 20, nil, 220), table("b", at: 10, 100, nil), table("c", at: 30, 230, 240),
        ])
        #expect(ReadingTally(profile).firstPosition == LSN(bytes: 100))
        #expect(ReadingTally(profile).lastPosition == LSN(bytes: 240))
        profile.tables[1] = table("b", at: 10, nil, 110)
        #expect(ReadingTally(profile).firstPosition == nil)
        profile.sources = []
        #expect(
            ReadingTally(profile).lastPosition == nil, "positions of several servers mean nothing together")
    }

    @Test func aPartOfAValueIsNoEstimateOfASum() {
        #expect(Figure.sum(of: [.estimated(10), .atLeast(5)]) == .atLeast(5))
        #expect(Figure.sum(of: [.estimated(10), .notKnown]) == .notKnown)
        #expect(Figure.sum(of: [.estimated(10), .exact(5)]).value == 15)
    }
}
