import ArgumentParser
import EphemeralPostgreSQL
import Foundation

/// Measures how fast lobscope is against hand-written SQL on a server of its own, and prints the report; fails where
/// a target is missed.
///
/// Run by `script/bench`.
@main
struct Benchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure lobscope against hand-written SQL.",
        discussion: """
            Each comparison runs A B A B on the same server. The report goes to standard output, progress to \
            standard error.
            """)

    @Option(help: "Share of the size that the targets are for, over 0 and up to 1.")
    var scale: Double = 1

    @Option(help: "Pairs of runs for each comparison, besides one to warm up.")
    var repeats: Int = 5

    @Option(help: "Rows of the table of targets to measure, for example 1,2,9.")
    var rows: String = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"

    @Option(help: "The release binary.")
    var lobscope: String

    @Option(help: "Folder with the programs of PostgreSQL 17 or later, for the part of row 7 that needs it.")
    var newer: String?

    func validate() throws {
        guard scale > 0, scale <= 1 else { throw ValidationError("--scale must be over 0 and at most 1.") }
        guard repeats > 0 else { throw ValidationError("--repeats must be over 0.") }
    }

    func run() async throws {
        let wanted = Set(rows.split(separator: ",").compactMap { Int($0) })
        let started = ContinuousClock.now
        let bench = try await Bench(
            server: EphemeralCluster.start(settings: Bench.settings), lobscope: lobscope, scale: scale,
            repeats: repeats)
        let facts = try await bench.facts()
        var results: [Measured] = []
        if !wanted.isDisjoint(with: [1, 2, 14]) {
            results += try await WideTable(bench: bench).measure(wanted)
        }
        if !wanted.isDisjoint(with: [3, 4]) { results += try await Bounds(bench: bench).measure(wanted) }
        if !wanted.isDisjoint(with: [5, 6]) {
            results += try await JSONBTables(bench: bench).measure(wanted)
        }
        if wanted.contains(7) { results += try await JSONTables(bench: bench).measure() }
        if wanted.contains(8) { results += try await LargeObjects(bench: bench).measure() }
        if wanted.contains(9) { results += try await NarrowTable(bench: bench).measure() }
        if !wanted.isDisjoint(with: [10, 11]) {
            results += try await ManyTables(bench: bench).measure(wanted)
        }
        if !wanted.isDisjoint(with: [12, 13]) {
            results += try await ManyColumns(bench: bench).measure(wanted)
        }
        if wanted.contains(14) { results += try await Bystanders(bench: bench).measure() }
        if wanted.contains(15) { results += try await PlanPrices(bench: bench).measure() }
        await bench.server.stop()
        if wanted.contains(7) { results.append(try await newerJSON()) }
        let seconds = (ContinuousClock.now - started) / .seconds(1)
        let report = PerformanceReport(
            machine: Machine.current, server: facts, scale: scale, repeats: repeats, seconds: seconds,
            results: results.sorted { $0.row < $1.row })
        print(report.markdown, terminator: "")
        if !results.allSatisfy(\.isKept) { throw ExitCode(1) }
    }

    /// Row 7 on a server that shows where a value's TOAST chunks are.
    private func newerJSON() async throws -> Measured {
        guard let newer else { return JSONTables.newerIsMissing }
        let bench = try await Bench(
            server: EphemeralCluster.start(
                binaries: ServerBinaries.find(environment: ["LOBSCOPE_PG_BIN": newer]),
                settings: Bench.settings),
            lobscope: lobscope, scale: scale, repeats: repeats)
        let result = try await JSONTables(bench: bench).measureCompressed(on: "17+")
        await bench.server.stop()
        return result
    }
}
