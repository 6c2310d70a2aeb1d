import LOBAdvice
import SizeStatistics

/// Of which moments the figures are, in words.
struct CertificateText {
    private let profile: Profile
    private let tally: ReadingTally
    private let readings: [TableReading]

    /// The words for a profile.
    init(_ profile: Profile) {
        self.profile = profile
        tally = ReadingTally(profile)
        readings = profile.tables.compactMap(\.reading)
    }

    /// The whole in one sentence, for the summary.
    var summary: String {
        guard let moments else { return without }
        // Several logs have none in common.
        let known = shards == nil ? positions : nil
        let position = known.map { "; \(profile.server.isReplica ? "replayed to LSN" : "LSN") \($0)" } ?? ""
        return "\(moments); \(tables), held at most \(TimeText.duration(tally.longestHeld))\(position)"
    }

    /// Everything, for the part on how it was measured.
    var lines: [(topic: String, text: String)] {
        var lines = [(topic: "As of", text: moments ?? without)]
        if moments != nil {
            lines += [("WAL position", walPosition), ("Read", tables), ("Held", held)]
        }
        if let shards { lines.append(("Shards", shards)) }
        if let changed { lines.append(("Changed meanwhile", changed)) }
        if let readers = profile.certificate?.readers {
            lines += readers.map { (VisibleText.escape("Reader \($0.place)"), state(of: $0)) }
        } else if let replica = profile.certificate?.replica ?? readings.compactMap(\.moment.replica).first {
            lines.append(("Replica", Self.state(replica)))
            lines += Self.start(replica)
        }
        if let certificate = profile.certificate {
            let started = TimeText.words(certificate.serverStartedAt / 1_000_000)
            lines += [("Settings pinned", Self.settings(certificate)), ("Server started", started)]
        }
        return lines
    }

    /// What is said where there is no moment.
    private var without: String {
        guard tally.withoutMoment == 0 else { return "no moment recorded" }
        return profile.isEmpty || !profile.tables.isEmpty ? "nothing was read" : "no table was read"
    }

    /// `TIME`, or `TIME to TIME`; nil where none is recorded.
    private var moments: String? {
        tally.moments.map { range in
            Self.range(
                TimeText.words(range.lowerBound / 1_000_000), TimeText.words(range.upperBound / 1_000_000))
        }
    }

    /// The positions, and of what: shards are on other servers, with logs of their own.
    private var walPosition: String {
        guard let positions else { return "not known" }
        return shards == nil ? positions : "\(positions), of what was read through CONNINFO"
    }

    /// The WAL positions that enclose the moments; nil where neither is known.
    private var positions: String? {
        switch (tally.firstPosition, tally.lastPosition) {
        case (let first?, let last?): Self.range("\(first)", "\(last)")
        case (nil, let last?): "up to \(last)"
        case (let first?, nil): "from \(first) on"
        case (nil, nil): nil
        }
    }

    private static func range(_ first: String, _ last: String) -> String {
        first.utf8.elementsEqual(last.utf8) ? first : "\(first) to \(last)"
    }

    /// How many tables were read in which way.
    private var tables: String {
        let one = tally.count(.oneMoment)
        let isTogether = profile.certificate?.isOneMoment ?? false
        let each = isTogether || one == 1 ? " in one moment" : " each in one moment"
        let parts = [
            one == 0 ? nil : NumberText.counted(one, "table") + each,
            several(.caughtUp, "at most"), several(.severalMoments, "at least"),
            tally.withoutMoment == 0
                ? nil : "\(NumberText.grouped(tally.withoutMoment)) without a recorded moment",
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    private func several(_ certainty: TableReading.Certainty, _ figures: String) -> String? {
        let count = tally.count(certainty)
        guard count > 0 else { return nil }
        let most = readings.filter { $0.certainty == certainty }.map(\.snapshots).max() ?? 1
        return
            "\(NumberText.grouped(count)) \(figures) (read in \(count == 1 ? "" : "up to ")\(most) moments)"
    }

    private var held: String {
        let limit = profile.certificate.map { "; the limit is \(TimeText.duration($0.snapshotLimit))" } ?? ""
        return "\(TimeText.duration(tally.longestHeld)) at most at a time\(limit)"
    }

    /// Tables that were read shard by shard; nil where none was.
    private var shards: String? {
        let all = readings.compactMap(\.shards)
        guard !all.isEmpty else { return nil }
        let servers = Set(all.flatMap(\.servers)).sorted()
        let count = NumberText.counted(all.reduce(0) { $0 + $1.count }, "shard")
        let places = VisibleText.escape(servers.joined(separator: ", "))
        return "\(count) of \(NumberText.counted(all.count, "table")), each read where it is: \(places)"
    }

    /// Row versions that were read in addition; nil where no table needed that.
    private var changed: String? {
        readings.contains { $0.changedVersions != nil }
            ? "\(NumberText.counted(tally.changedVersions, "row version")) of tables that were read in several moments"
            : nil
    }

    /// Which part a reader had.
    private func state(of reader: CertifiedReader) -> String {
        let count = readings.count { $0.reader?.utf8.elementsEqual(reader.place.utf8) ?? false }
        let parts = [
            reader.replica.map { "replica; \(Self.state($0))" } ?? "primary",
            "read \(NumberText.counted(count, "table"))",
            reader.lost.map { "lost: \(UnmeasuredWords.reason($0))" },
        ]
        return parts.compactMap(\.self).joined(separator: "; ")
    }

    private static func state(_ replica: ReplicaState) -> String {
        let time =
            replica.replayedAt.map { "the last commit replayed is of \(TimeText.words($0 / 1_000_000))" }
            ?? "how old its data is is not known, as no commit was replayed since it started"
        return (replica.isPaused ? "replay was paused" : "replay went on while it was read")
            + "; \(time); replayed to \(replica.replayed.map { "\($0)" } ?? "a position that is not known")"
    }

    /// Where a task may begin: what was committed before it is in the figures.
    private static func start(_ replica: ReplicaState) -> [(topic: String, text: String)] {
        guard let position = replica.replayed else { return [] }
        return [
            (
                "Start of changes",
                "\(position) is a candidate for --cdc-start: all that was committed before it was read"
                    + (replica.isPaused ? "" : ", and some of what came later")
            )
        ]
    }

    private static func settings(_ certificate: Certificate) -> String {
        let texts = certificate.settings.map { setting in
            let other = setting.sessionDefault.flatMap { usual in
                usual.utf8.elementsEqual(setting.value.utf8) ? nil : " (sessions have \(usual))"
            }
            let value = setting.value.utf8.isEmpty ? "\"\"" : setting.value
            return "\(setting.name) \(value)\(other ?? "")"
        }
        return texts.isEmpty ? "none" : VisibleText.escape(texts.joined(separator: ", "))
    }
}
