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
        let outcome = try await BuiltProduct("bash").run([Tools.script("store-kills"), "200", probe])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errorOutput)")
    }

    private var probe: String { BuiltProduct.directory + "/StoreProbe" }
}
