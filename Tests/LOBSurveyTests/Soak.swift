import Foundation

/// How much longer than usual the tests of random faults go on; `script/soak` sets it.
enum Soak {
    /// 1, or the value of `SOAK_FACTOR`.
    static let factor = ProcessInfo.processInfo.environment["SOAK_FACTOR"].flatMap(Int.init) ?? 1
}
