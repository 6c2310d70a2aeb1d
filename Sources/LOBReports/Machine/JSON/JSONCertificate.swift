import LOBAdvice

/// `certificate` of report.json and `reading` of its tables: of which moments the figures are.
enum JSONCertificate {
    /// The certificate; null where no moment was recorded.
    static func json(_ profile: Profile) -> JSONValue {
        let tally = ReadingTally(profile)
        let readings = profile.tables.compactMap(\.reading)
        let certificate = profile.certificate
        guard certificate != nil || !readings.isEmpty else { return .null }
        let isOneServer = certificate?.readers == nil
        let replica =
            isOneServer ? certificate?.replica ?? readings.compactMap(\.moment.replica).first : nil
        let hasCaughtUp = readings.contains { $0.changedVersions != nil }
        let one = JSONValue.members([
            "asOfFirst": moment(tally.moments?.lowerBound),
            "asOfLast": moment(tally.moments?.upperBound),
            "lsnFirst": position(tally.firstPosition),
            "lsnLast": position(tally.lastPosition),
            "isOneMoment": certificate.map { .bool($0.isOneMoment) } ?? .null,
            "tables": .members([
                "oneMoment": .integer(tally.count(.oneMoment)),
                "caughtUp": .integer(tally.count(.caughtUp)),
                "severalMoments": .integer(tally.count(.severalMoments)),
                "withoutMoment": .integer(tally.withoutMoment),
            ]),
            "longestHeldSeconds": readings.isEmpty ? .null : JSONText.real(tally.longestHeld),
            "snapshotLimitSeconds": JSONText.real(certificate?.snapshotLimit),
            "changedVersions": hasCaughtUp ? .integer(tally.changedVersions) : .null,
            "replica": replica.map(state) ?? .null,
            "serverStartedAt": moment(certificate?.serverStartedAt),
            "settings": certificate.map { .array($0.settings.map(setting)) } ?? .null,
        ])
        return adding("readers", certificate?.readers.map { .array($0.map(reader)) }, to: one)
    }

    /// How a table was read; null where no moment was recorded.
    static func json(_ reading: TableReading?) -> JSONValue {
        guard let reading else { return .null }
        let one = JSONValue.members([
            "certainty": .text(reading.certainty.rawValue),
            "asOf": moment(reading.moment.takenAt),
            "lsnBefore": position(reading.moment.lsnBefore),
            "lsnAfter": position(reading.moment.lsnAfter),
            "replica": reading.moment.replica.map(state) ?? .null,
            "heldSeconds": JSONText.real(reading.heldSeconds),
            "snapshots": .integer(reading.snapshots),
            "changedVersions": JSONText.integer(reading.changedVersions),
        ])
        let shards = reading.shards.map { shards in
            JSONValue.members([
                "count": .integer(shards.count), "servers": .array(shards.servers.map { .text($0) }),
            ])
        }
        return adding("shards", shards, to: adding("reader", reading.reader.map { .text($0) }, to: one))
    }

    /// An object with a member that there is only where rows were read from several servers.
    private static func adding(_ key: String, _ value: JSONValue?, to object: JSONValue) -> JSONValue {
        guard let value, case .object(let members) = object else { return object }
        return .object(members + [JSONMember(key: Array(key.utf8), value: value)])
    }

    private static func reader(_ reader: CertifiedReader) -> JSONValue {
        .members([
            "place": .text(reader.place), "serverStartedAt": moment(reader.serverStartedAt),
            "replica": reader.replica.map(state) ?? .null, "lost": JSONText.text(reader.lost?.rawValue),
        ])
    }

    private static func moment(_ microseconds: Int64?) -> JSONValue {
        JSONText.text(microseconds.map { TimeText.utc($0 / 1_000_000) })
    }

    private static func position(_ position: LSN?) -> JSONValue { JSONText.text(position?.description) }

    private static func state(_ replica: ReplicaState) -> JSONValue {
        .members([
            "replayedLsn": position(replica.replayed),
            "replayedAt": moment(replica.replayedAt),
            "isPaused": .bool(replica.isPaused),
        ])
    }

    private static func setting(_ setting: PinnedSetting) -> JSONValue {
        .members([
            "name": .text(setting.name), "value": .text(setting.value),
            "sessionDefault": JSONText.text(setting.sessionDefault),
            "columns": JSONText.integer(setting.columns),
        ])
    }
}
