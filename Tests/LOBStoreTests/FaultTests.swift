import TestSupport
import Testing

/// The bounded form of what script/soak does for longer.
@Suite(.serialized) struct FaultTests {
    @Test(.enabled(if: Tools.has("strace"))) func everyFailedOrFatalSystemCallLeavesTheOldStateOrTheNew()
        async throws
    {
        let outcome = try await BuiltProduct("bash").run([Tools.script("store-faults"), "--quick", probe])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errorOutput)")
    }

    @Test func aWriterKilledAtRandomLosesNothingThatItAcknowledged() async throws {
        let outcome = try await BuiltProduct("bash").run([Tools.script("store-kills"), "1000", probe])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errorOutput)")
    }

    @Test(.enabled(if: Tools.has("strace")), arguments: [[], ["--report"]])
    func aPowerCutAtAnyMomentLeavesTheOldStateOrTheNew(_ options: [String]) async throws {
        let outcome = try await BuiltProduct("python3").run(
            [Tools.script("store-power-cuts")] + options + [probe])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errorOutput)")
    }

    @Test(.enabled(if: Tools.has("strace"))) func aWriterThatFlushesNothingIsFoundOut() async throws {
        let outcome = try await BuiltProduct("python3").run([
            Tools.script("store-power-cuts"), "--ignore-fsync", probe,
        ])
        #expect(outcome.status == 1)
        #expect(outcome.output.contains(" cuts, "), "\(outcome.errorOutput)")
    }

    private var probe: String { BuiltProduct.directory + "/StoreProbe" }
}
