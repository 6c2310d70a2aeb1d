import LOBAdvice
import LOBReports
import SizeStatistics
import Testing

/// report.json: exact names, null for what is not known, leaves with the values of their root.
@Suite struct JSONReportTests {
    private static let parsed = Result { try JSONValue(parsing: GoldenReport.report.render(.json)) }

    private static func tables() throws -> [JSONValue] {
        try #require(try parsed.get()["tables"]?.elements)
    }

    private static func table(_ schema: String, _ name: String) throws -> JSONValue {
        try #require(
            try tables().first {
                $0["schema"]?.stringBytes == Array(schema.utf8)
                    && $0["table"]?.stringBytes == Array(name.utf8)
            })
    }

    private static func column(_ schema: String, _ table: String) throws -> JSONValue {
        try #require(try self.table(schema, table)["columns"]?.elements?.first)
    }

    @Test(arguments: HostileNames.all)
    func everyNameIsExact(_ name: Identifier) throws {
        let found = try Self.tables().contains { table in
            let hex = table["tableHex"]?.stringBytes
            return name.text == nil
                ? hex == Array("62ff64".utf8) && table["table"]?.stringBytes == Array("b\\xffd".utf8)
                : hex == nil && table["table"]?.stringBytes == name.bytes
        }
        #expect(found)
    }

    @Test func aColumnMeasuredInFullHasTheFiguresOfTheDesign() throws {
        let table = try Self.table("public", "orders")
        #expect(table["limitKiB"]?.intValue == 648)
        // What no file has is no setting.
        #expect(table["settingKiB"] == .null)
        #expect(table["mode"]?.word == "unlimited")
        #expect(table["parent"] == .null)
        let column = try Self.column("public", "orders")
        #expect(column["largestBytes"]?.intValue == 331_776)
        #expect(column["limitBytes"]?.intValue == 331_776)
        #expect(column["limitKiB"]?.intValue == 648)
        #expect(column["rows"]?.intValue == 1_000_000)
        #expect(column["rowsExact"]?.boolValue == true)
        #expect(column["rowsMeasured"]?.intValue == 1_000_000)
        #expect(column["nulls"]?.intValue == 12)
        #expect(column["histogram"]?.word == "exact")
        #expect(column["quantiles"]?["0.5"]?.intValue == 900)
    }

    @Test func leavesStandByThemselvesWithTheValuesOfTheirRoot() throws {
        for leaf in ["events_2025", "events_2026"] {
            let table = try Self.table("public", leaf)
            #expect(table["parent"]?.word == "public.events")
            #expect(table["limitKiB"]?.intValue == 69)
        }
        #expect(try Self.column("public", "events_2026")["limitKiB"]?.intValue == 20)
    }

    @Test func whatWasNotMeasuredIsNullAndNeverZero() throws {
        let table = try Self.table("secret", "letters")
        #expect(table["limitKiB"] == .null)
        let column = try Self.column("secret", "letters")
        for member in [
            "rowsMeasured", "nulls", "largestBytes", "sumBytes", "limitBytes", "limitKiB", "method",
        ] {
            #expect(column[member] == .null, "\(member)")
        }
        #expect(column["quantiles"]?["0.99"] == .null)
        #expect(column["histogram"]?.word == "none")
        #expect(try Self.parsed.get()["complete"]?.boolValue == false)
    }

    @Test func aRefusedEstimateHasNoLimitButItsLargestSize() throws {
        let column = try Self.column("archive", "drafts")
        #expect(column["coverage"]?.word == "refused")
        #expect(column["limitBytes"] == .null)
        #expect(column["largestIsLowerBound"]?.boolValue == true)
        #expect((column["largestBytes"]?.intValue ?? 0) > 0)
    }

    @Test func aMaterializedViewIsMeasuredAndHasNoRule() throws {
        let table = try Self.table("public", "report_cache")
        #expect(table["mode"]?.word == "none")
        #expect(table["bulkMaxSizeKiB"] == .null)
        #expect(table["risk"] == .null)
        #expect(try Self.column("public", "report_cache")["largestBytes"]?.intValue == 200_000)
    }

    @Test func aTableWithoutLOBsIsListed() throws {
        let table = try Self.table("public", "numbers")
        #expect(table["mode"]?.word == "none")
        #expect(table["columns"]?.elements?.isEmpty == true)
    }
}
