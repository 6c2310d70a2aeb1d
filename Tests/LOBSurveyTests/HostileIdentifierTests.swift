import LOBAdvice
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

/// Names that break quoting by characters, parsers, terminals and spreadsheets: right sizes, no injection.
struct HostileIdentifierTests {
    @Test(.database) func sixHundredNamesAreMeasuredAndNothingOfThemRuns() async throws {
        let database = try TestDatabase.current
        let tripwire = try await Tripwire.set("pwn()", in: database)
        let names = HostileNames.utf8(600)
        try await HostileNames.createTables(names, in: database)
        let profile = try await profileOfCurrent()
        #expect(profile.unmeasured == [])
        let hostile = profile.tables.filter { $0.relation.name.schema != Identifier("public") }
        #expect(Set(hostile.map(\.relation.name.name.bytes)) == Set(names))
        #expect(hostile.allSatisfy { $0.columns.count == 2 })
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 1200)
        try await tripwire.expectUntouched(by: "SELECT pwn()", in: database)
    }

    @Test(.database) func samplesOfHostileNamesAreMeasured() async throws {
        let database = try TestDatabase.current
        let tripwire = try await Tripwire.set("pwn()", in: database)
        let names = HostileNames.utf8(60)
        try await HostileNames.createTables(names, in: database)
        let profile = try await profileOfCurrent(
            method: .sample, sample: SampleDesign(method: .system, percent: 100, seed: 3))
        #expect(profile.unmeasured == [])
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 120)
        try await tripwire.expectUntouched(by: "SELECT pwn()", in: database)
    }

    @Test(.database(encoding: "LATIN1")) func namesInLATIN1AreMeasured() async throws {
        let database = try TestDatabase.current
        let names = HostileNames.ascii + (UInt8(0xA1)...0xFF).map { Array("n\(UnicodeScalar($0))\"".utf8) }
        try await HostileNames.createTables(names, in: database)
        let profile = try await profileOfCurrent()
        #expect(profile.unmeasured == [])
        #expect(profile.server.encoding == "LATIN1")
        #expect(Set(profile.tables.map(\.relation.name.name.bytes)) == Set(names))
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 2 * names.count)
    }

    @Test(.database(encoding: "EUC_JP")) func namesInEUCJPAreMeasured() async throws {
        let database = try TestDatabase.current
        let names =
            HostileNames.ascii + ["表", "表\"", "能\\", "ソ\", pwn() --", "ー", "亜亜亜"].map { Array($0.utf8) }
        try await HostileNames.createTables(names, in: database)
        let profile = try await profileOfCurrent()
        #expect(profile.unmeasured == [])
        #expect(Set(profile.tables.map(\.relation.name.name.bytes)) == Set(names))
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 2 * names.count)
    }

    /// A user-defined character has no Unicode: the names come as they are instead of failing all of them.
    @Test(.database(encoding: "EUC_JP")) func aNameWithoutUnicodeFormIsMeasured() async throws {
        let database = try TestDatabase.current
        let name: [UInt8] = [0xF5, 0xA1, 0x22]
        try await HostileNames.createTables(
            [name, Array("plain".utf8)], in: database, clientEncoding: "EUC_JP")
        let profile = try await profileOfCurrent()
        #expect(profile.unmeasured == [])
        #expect(Set(profile.tables.map(\.relation.name.name.bytes)) == [name, Array("plain".utf8)])
        try await expectEqualsPlainSQL(
            profile, PlainSQL(database: database, clientEncoding: "EUC_JP"), atLeast: 4)
    }

    @Test(.database(encoding: "SQL_ASCII")) func bytesThatAreNoUTF8AreMeasured() async throws {
        let database = try TestDatabase.current
        let names: [[UInt8]] =
            HostileNames.ascii + [
                [0x62, 0xFF, 0x64], [0x62, 0xFE, 0x64], [0xC3], [0xC3, 0x22], [0xE2, 0x82], [0x80],
                [0xFF, 0x22, 0xFF],
                [0xED, 0xA0, 0x80], [0xC0, 0xA2], Array(repeating: 0xFF, count: 63), Array("é".utf8),
            ]
        try await HostileNames.createTables(names, in: database, clientEncoding: "SQL_ASCII")
        let profile = try await profileOfCurrent()
        #expect(profile.unmeasured == [])
        #expect(Set(profile.tables.map(\.relation.name.name.bytes)) == Set(names))
        try await expectEqualsPlainSQL(
            profile, PlainSQL(database: database, clientEncoding: "SQL_ASCII"), atLeast: 2 * names.count)
    }
}
