import LOBAdvice

/// How far a survey is.
struct ProgressFigures {
    /// Blocks of the plan.
    var planned = 0
    /// Blocks read.
    var read = 0
    /// Of those, blocks that an earlier survey has read.
    var carriedOver = 0
    /// Tables of the plan.
    var tables = 0
    /// Tables that are done.
    var finished = 0
    /// The table that was read last.
    var current: RelationName?
    /// Why nothing is read at the moment, since when (in seconds), and after how long the survey ends.
    var pause: (reason: String, seconds: Double, limit: Double)?
    /// Seconds in pauses that are over.
    var pausedBefore = 0.0
    /// Seconds since the survey began.
    var seconds = 0.0

    /// Seconds in which something was read.
    private var working: Double { max(0.001, seconds - pausedBefore - (pause?.seconds ?? 0)) }

    /// The share of the planned blocks that was read, 0 to 1.
    var share: Double { min(1, Double(read) / Double(max(1, planned))) }

    /// Blocks a second, pauses not counted.
    var rate: Double { Double(read - carriedOver) / working }

    /// Seconds that the rest takes at this rate; nil until a hundredth is read.
    var secondsLeft: Double? {
        let begun = Double(carriedOver) / Double(max(1, planned))
        return share - begun > 0.01 ? (1 - share) * working / (share - begun) : nil
    }

    /// When one snapshot of all tables was taken, in seconds since the survey began.
    var snapshotTaken: Double?

    /// One line for people.
    var text: String {
        let left = secondsLeft.map { ", about \(Self.duration($0)) left" } ?? ""
        let done =
            "\(Int(share * 100)) % of \(planned) blocks, \(Int(rate)) blocks/s\(left), \(finished) of \(tables) tables"
        if let pause {
            return
                "paused for \(Int(pause.seconds)) s of at most \(Int(pause.limit)) s: \(pause.reason); \(done)"
        }
        let age = snapshotTaken.map { ", snapshot \(Self.duration(seconds - $0)) old" } ?? ""
        return done + age + (current.map { ", \($0.losslessText)" } ?? "")
    }

    private static func duration(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(), 1e9))
        if whole < 120 { return "\(whole) s" }
        return whole < 7200 ? "\(whole / 60) min" : "\(whole / 3600) h \(whole / 60 % 60) min"
    }
}
