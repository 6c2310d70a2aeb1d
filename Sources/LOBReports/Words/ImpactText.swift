import LOBAdvice
import SizeStatistics

/// What measuring did to the server, in words.
enum ImpactText {
    /// How much WAL was written.
    static func wal(_ profile: Profile) -> String {
        if profile.server.isReplica { return "none: a replica writes none" }
        guard let impact = profile.impact, let bytes = impact.walBytes else { return "not known" }
        let size = SizeText.exact(ByteCount(bytes))
        return impact.includesOtherSessions
            ? size + " by all sessions of the server together while it was measured" : size
    }

    /// For what it was waited.
    static func pauses(_ profile: Profile) -> String {
        guard let impact = profile.impact else { return "not known" }
        let parts = impact.pauses.map { pause in
            "\(name(pause.cause)): \(NumberText.counted(pause.count, "time")), \(TimeText.duration(pause.seconds))"
        }
        return parts.isEmpty ? "none" : parts.joined(separator: "; ")
    }

    /// For how long the snapshot of all tables was kept; nil where there was none.
    static func snapshot(_ profile: Profile) -> String? {
        profile.impact?.snapshotSeconds.map { "one for all tables, kept open for \(TimeText.duration($0))" }
    }

    private static func name(_ cause: ServerImpact.Cause) -> String {
        switch cause {
        case .load: "load"
        case .lag: "replica lag"
        case .pauseFile: "pause file"
        case .noAnswer: "no answer from the server"
        }
    }
}
