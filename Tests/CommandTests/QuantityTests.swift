import LOBAdvice
import TestSupport
import Testing

@testable import lobscope

/// Numbers with their units: what is read, and what is refused because it can be read in two ways.
@Suite struct QuantityTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    @Test(arguments: [
        ["--time-budget", "30", "30s, 15min or 2h"], ["--snapshot-limit", "900", "30s, 15min or 2h"],
        ["--max-pause", "600", "30s, 15min or 2h"], ["--checkpoint-every", "30", "30s, 15min or 2h"],
        ["--statement-timeout", "60", "30s, 15min or 2h"], ["--max-lag", "10", "10s or 64MB"],
        ["--growth", "6000", "30000rows, 30% or 30d"], ["--growth", "1m", "30000rows, 30% or 30d"],
        ["--headroom", "25", "25%"], ["--headroom", "0.25", "25%"], ["--risk", "0.01", "1%"],
        ["--risk", "1", "1%"], ["--sample-percent", "5s", "5%"], ["--sample-percent", "5", "5%"],
        ["--instance-memory", "16", "16GiB"],
        ["--limit", "64s", "64KB or 1MB"], ["--max-pause", "long", "30s, 15min or 2h"],
    ]) func whatCanBeReadInTwoWaysIsRefused(parts: [String]) async throws {
        let (option, value, forms) = (parts[0], parts[1], parts[2])
        let outcome = try await scratch.lobscope("profile", "host=/nonexistent", option, value)
        #expect(outcome.status == 64)
        let message = outcome.errorOutput
        #expect(message.contains("The value '\(value)' is invalid for '\(option) <"), "\(message)")
        #expect(message.contains(" is expected\nhint: write \(forms)"), "\(message)")
        #expect(message.contains("--help"))
    }

    /// What has the right form and cannot be meant is told with the numbers that can.
    @Test(arguments: [
        ["--growth", "0d", "over 0, and at most"], ["--growth", "1.5rows", "rows are whole ones"],
        ["--time-budget", "0s", "over 0 and at most 1000d"], ["--risk", "100%", "over 0% and below 100%"],
        ["--risk", "0%", "over 0% and below 100%"], ["--sample-percent", "101%", "over 0% and up to 100%"],
        ["--headroom", "1001%", "from 0% to 1000%"], ["--limit", "1.5KB", "whole KB from 1KB to 102400KB"],
        ["--limited-up-to", "200MB", "whole KB from 1KB to 102400KB"],
        ["--instance-memory", "0GB", "from 1B to 64TiB"],
    ]) func whatIsOutOfRangeIsToldWithTheRange(parts: [String]) async throws {
        let outcome = try await scratch.lobscope("profile", "host=/nonexistent", parts[0], parts[1])
        #expect(outcome.status == 64)
        let message = outcome.errorOutput
        #expect(message.contains("The value '\(parts[1])' is invalid for '\(parts[0]) <"), "\(message)")
        #expect(message.contains("it must be ") && message.contains(parts[2]), "\(message)")
        #expect(message.contains("\nhint: write "), "\(message)")
    }

    @Test(arguments: [
        ["--time-budget", "30s"], ["--time-budget", "15min"], ["--time-budget", "2h"],
        ["--snapshot-limit", "900s"], ["--max-pause", "500ms"], ["--statement-timeout", "1min"],
        ["--max-lag", "10s"], ["--max-lag", "64MB"], ["--growth", "30000rows"], ["--growth", "30%"],
        ["--growth", "30d"], ["--headroom", "25%"], ["--risk", "1%"], ["--sample-percent", "5%"],
        ["--sample-percent", "0.5%"], ["--limit", "64"], ["--limit", "64KB"], ["--limit", "64KiB"],
        ["--limit", "1MB"], ["--limited-up-to", "63KB"], ["--instance-memory", "16GB"],
    ]) func everyFormOfTheHelpIsRead(arguments: [String]) async throws {
        let outcome = try await scratch.lobscope(["profile", "host=/nonexistent"] + arguments)
        // The connection is what fails.
        #expect(outcome.status == 1, "\(outcome.errorOutput)")
        #expect(outcome.errorOutput.hasPrefix("lobscope: connection to server"), "\(outcome.errorOutput)")
    }

    @Test func unitsAreWhatTheySay() {
        #expect(TimeSpan.read("90s")?.duration == .seconds(90))
        #expect(TimeSpan.read("1.5min")?.duration == .seconds(90))
        #expect(TimeSpan.read("2h")?.duration == .seconds(7200))
        #expect(TimeSpan.read("0s") == nil && TimeSpan.read("30") == nil && TimeSpan.read("1001d") == nil)
        #expect(Percentage.read("25%")?.share == 0.25)
        #expect(Percentage.read("0.25") == nil && Percentage.read("1001%") == nil)
        #expect(Growth.read("30000rows") == .rows(30_000))
        #expect(Growth.read("30%") == .share(0.3))
        #expect(Growth.read("30d") == .days(30) && Growth.read("12h") == .days(0.5))
        for text in ["30000", "0rows", "0.5rows", "0%", "30 rows", "30D", "-1d", "rows"] {
            #expect(Growth.read(text) == nil, "\(text)")
        }
        for text in ["1024", "1024KB", "1024KiB", "1MB", "1MiB", "1048576B"] {
            #expect(Kibibytes.read(text) == Kibibytes(1024), "\(text)")
        }
        for text in ["0", "0.5KB", "100B", "1s", "102401", "4096GB"] {
            #expect(Kibibytes.read(text) == nil, "\(text)")
        }
        #expect(MemorySize.read("16GiB")?.size == MemorySize.read("16384MB")?.size)
        #expect(MemorySize.read("16") == nil && MemorySize.read("65TiB") == nil)
    }

    @Test func daysOfPruningNeedTheirUnit() async throws {
        let outcome = try await scratch.lobscope("snapshots", "prune", "nowhere", "--older-than", "90d")
        #expect(outcome.status != 64, "\(outcome.errorOutput)")
        for days in ["90", "3m", "1.5d"] {
            let refused = try await scratch.lobscope("snapshots", "prune", "nowhere", "--older-than", days)
            #expect(refused.status == 64 && refused.errorOutput.contains("\nhint: write 90d\n"), "\(days)")
        }
    }
}
