import LOBReports
import SizeStatistics
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// What a report says of the survey itself.
@Suite struct SurveyPreflightTests {
    @Test(arguments: [true, false, nil]) func onlyAnUnverifiedLinkIsWarnedOf(isUnverified: Bool?) {
        let server = ServerFacts(
            version: 150_020, isReplica: false, encoding: "UTF8", blockSize: 8192, role: Identifier("me"),
            systemIdentifier: nil, hasDataChecksums: false, isLinkUnverified: isUnverified)
        let profile = Profile(
            lobscopeVersion: "0", database: Identifier("d"), server: server, startedAt: 0, finishedAt: 0,
            options: PlanOptions(), policy: Policy(), tables: [], largeObjects: nil, unmeasured: [])
        let findings = Recommender(profile).recommend().findings.filter { $0.id == "link-unverified" }
        #expect(findings.map(\.severity) == (isUnverified == true ? [.warning] : []))
        #expect(findings.allSatisfy { $0.remedy.contains("sslmode=verify-full") })
    }

    @Test(arguments: [
        (TextSetting.byteaOutput, "hex", "escape"), (.dateStyle, "ISO, DMY", "German, DMY"),
        (.extraFloatDigits, "1", "0"), (.intervalStyle, "postgres", "iso_8601"),
        (.identifierQuotes, "off", "on"),
    ])
    func aSettingThatGivesOtherSizesIsKnown(setting: TextSetting, same: String, other: String) {
        #expect(!setting.mayGiveOtherSizes(same, version: 150_020))
        #expect(setting.mayGiveOtherSizes(other, version: 150_020))
    }

    @Test func beforeTwelveEveryDigitOfAFloatCounts() {
        #expect(TextSetting.extraFloatDigits.mayGiveOtherSizes("1", version: 110_022))
        #expect(!TextSetting.extraFloatDigits.mayGiveOtherSizes("3", version: 110_022))
    }
}
