import LOBAdvice
import LOBReports

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

    /// One line for people: what is read or waited for, then how far all of it is.
    ///
    /// - Parameter width: the cells that there are; what matters less is left out where it does not fit, and the beginning
    ///   of the line is cut. nil for any length.
    func line(width: Int? = nil) -> String {
        guard let width else { return Self.joined([subject] + parts.map(\.text)) }
        var shown = parts
        let needed = min(Self.cells(subject), pause == nil ? 16 : 44) + Self.gap.utf8.count
        while shown.count > 1, Self.cells(Self.joined(shown.map(\.text))) + needed > width,
            let least = shown.indices.max(by: { shown[$0].rank < shown[$1].rank })
        {
            shown.remove(at: least)
        }
        let text = Self.joined(shown.map(\.text))
        return Self.joined([Self.cut(subject, to: width - Self.cells(text) - Self.gap.utf8.count), text])
    }

    /// What is read or waited for.
    private var subject: String {
        guard let pause else { return VisibleText.escape(current?.losslessText ?? "") }
        let time = "\(Self.clock(pause.seconds)) of at most \(Self.clock(pause.limit))"
        return VisibleText.escape("paused \(time): \(pause.reason)")
    }

    /// How far a survey is in one respect, and how soon that is left out: the highest rank first.
    private struct Part {
        let text: String
        let rank: Int
    }

    private var parts: [Part] {
        let done = Self.grouped(min(read, planned) / Self.blocksOfMegabyte)
        let whole = Self.grouped((planned + Self.blocksOfMegabyte - 1) / Self.blocksOfMegabyte)
        let left = secondsLeft.map { Part(text: "\(Self.clock($0)) left", rank: 1) }
        let age = snapshotTaken.map { Part(text: "snapshot \(Self.clock(seconds - $0)) old", rank: 4) }
        return [
            Part(text: "\(done) of \(whole) MB", rank: 2), Part(text: "\(Int(share * 100)) %", rank: 0),
            Part(text: "\(finished) of \(tables) tables", rank: 3),
        ] + [left, age].compactMap(\.self)
    }

    /// Blocks of 8 KiB, as nearly every server has them, in a megabyte.
    private static let blocksOfMegabyte = 128
    private static let gap = "  "

    private static func joined(_ texts: [String]) -> String {
        texts.filter { !$0.isEmpty }.joined(separator: gap)
    }

    /// A count with commas between thousands.
    private static func grouped(_ number: Int) -> String {
        guard number >= 1000 else { return "\(number)" }
        let rest = number % 1000
        return grouped(number / 1000) + "," + (rest < 100 ? "0" : "") + (rest < 10 ? "0" : "") + "\(rest)"
    }

    /// A length of time as a clock shows it: `0:42`, `12:05`, `1:02:03`.
    private static func clock(_ seconds: Double) -> String {
        let whole = Int(max(0, min(seconds.rounded(), 1e9)))
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        let end = (rest < 10 ? "0" : "") + "\(rest)"
        guard hours > 0 else { return "\(minutes):\(end)" }
        return "\(hours):" + (minutes < 10 ? "0" : "") + "\(minutes):\(end)"
    }

    /// The most cells that a text may take: what is beyond Latin may take two.
    private static func cells(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + cells(of: $1) }
    }

    private static func cells(of scalar: Unicode.Scalar) -> Int { scalar.value < 0x300 ? 1 : 2 }

    /// The beginning that fits so many cells, with an ellipsis where something is cut.
    private static func cut(_ text: String, to limit: Int) -> String {
        guard cells(text) > limit else { return text }
        guard limit > 1 else { return "" }
        var kept = String.UnicodeScalarView()
        var used = cells("…")
        for scalar in text.unicodeScalars {
            used += cells(of: scalar)
            guard used <= limit else { break }
            kept.append(scalar)
        }
        return String(kept) + "…"
    }
}
