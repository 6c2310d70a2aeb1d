import Foundation
import TestSupport
import Testing

extension Trait where Self == ConditionTrait {
    /// Skips a test where a command of the machine fails; with `CI=true` it runs, and fails there.
    static func needs(_ command: String) -> ConditionTrait {
        .enabled("\"\(command)\" works") {
            if ProcessInfo.processInfo.environment["CI"] == "true" { return true }
            return try await BuiltProduct("bash").run(["-c", command]).status == 0
        }
    }
}
