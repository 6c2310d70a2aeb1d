import CBuild
import LOBSurvey

/// Which build this is: what `--version` says.
enum BuildIdentity {
    /// For example `lobscope 0.1.0 (commit b156ec7a1c2d, release, Swift 6.3)`.
    static let description =
        "lobscope \(Survey.version) (commit \(commit), \(configuration), Swift \(compiler))"

    /// The first 12 digits, with a `+` where files differed from the commit.
    private static var commit: String {
        guard build_commit() != 0 else { return "unknown" }
        let digits = String(build_commit(), radix: 16)
        let zeros = String(repeating: "0", count: max(0, 12 - digits.utf8.count))
        return zeros + digits + (build_has_changes() ? "+" : "")
    }

    private static var configuration: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }

    private static var compiler: String {
        #if compiler(>=6.5)
            "6.5 or later"
        #elseif compiler(>=6.4)
            "6.4"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }
}
