import LOBProfile
import PostgreSQLClient

/// Asks the server over a connection of its own whether the survey should pause; what is not known is a reason to.
struct ServerWatch: ~Copyable {
    private let session: ServerSession
    private let throttle: Throttle
    private let sql: LoadSQL
    private var connection: Connection?
    private var history = LagHistory()
    private var mostReplicas = 0

    /// How long the server may take to answer.
    private static let patience: Duration = .seconds(2)

    init(_ session: ServerSession, isReplica: Bool, throttle: Throttle) {
        self.session = session
        self.throttle = throttle
        sql = LoadSQL(serverVersion: session.serverVersion, isReplica: isReplica)
    }

    /// What there is to wait for; empty where nothing was asked for, or all is well.
    mutating func pauses() -> [Gate.Pause] {
        var pauses: [Gate.Pause] = []
        do throws(PostgreSQLError) {
            let answer = try ask()
            if let limit = throttle.maxLoad { pauses += Self.pause(answer.load, limit) }
            if let limit = throttle.maxLag { pauses += pause(answer.lag, limit) }
        } catch {
            let reason = "the server does not say how busy it is: \(error.description)"
            pauses.append(.init(cause: .noAnswer, text: reason))
        }
        return pauses
    }

    private struct Answer {
        var load = (active: Int64(0), hidden: Int64(0))
        var lag = Lag()
    }

    private struct Lag {
        var replicas: Int64 = 0
        var unknown: Int64 = 0
        var written: Int64?
        var replayed: Int64?
        var reported: Double?
    }

    private mutating func ask() throws(PostgreSQLError) -> Answer {
        guard throttle.maxLoad != nil || throttle.maxLag != nil else { return Answer() }
        var open: Connection
        if let kept = connection.take(), kept.isAlive {
            open = kept
        } else {
            open = try ServerSession.connect(session.conninfo)
        }
        let answer = try Self.answer(session.preamble, sql, over: &open)
        connection = consume open
        return answer
    }

    private static func answer(
        _ preamble: Preamble, _ sql: LoadSQL, over connection: inout Connection
    ) throws(PostgreSQLError) -> Answer {
        var brief = preamble
        brief.statementTimeout = patience
        var answer = Answer()
        try ReadTransaction(brief).run([Statement(sql.load), Statement(sql.lag)], over: &connection) {
            (statement: Int, row: borrowing Row) throws(PostgreSQLError) in
            if statement == 0 {
                answer.load = (try row.int64(0), try row.int64(1))
            } else {
                answer.lag = Lag(
                    replicas: try row.int64(0), unknown: try row.int64(1),
                    written: try row.optionalInt64(2), replayed: try row.optionalInt64(3),
                    reported: try row.optionalFloat8(4))
            }
        }
        return answer
    }

    private static func pause(_ load: (active: Int64, hidden: Int64), _ limit: Int) -> [Gate.Pause] {
        if load.active > Int64(limit) {
            return [
                .init(
                    cause: .load,
                    text: "\(load.active) other sessions are active, more than --max-load \(limit)")
            ]
        }
        guard load.active + load.hidden > Int64(limit) else { return [] }
        return [
            .init(
                cause: .load,
                text: "the load is not known: the role may not see \(load.hidden) sessions;"
                    + " GRANT pg_read_all_stats to it")
        ]
    }

    private mutating func pause(_ lag: Lag, _ limit: LagLimit) -> [Gate.Pause] {
        if let unknown = unknown(lag) { return [.init(cause: .lag, text: unknown)] }
        guard let written = lag.written, let replayed = lag.replayed else {
            return [.init(cause: .lag, text: "the lag is not known: the server reports no position")]
        }
        let seconds = history.seconds(written: written, replayed: replayed, reported: lag.reported)
        let bytes = max(0, written - replayed)
        let subject = sql.isReplica ? "this replica" : "a replica"
        switch limit {
        case .seconds(let most):
            guard let seconds else {
                let text =
                    "the lag is not known: \(subject) is \(bytes) bytes behind and has replayed no commit yet"
                return [.init(cause: .lag, text: text)]
            }
            guard seconds > most else { return [] }
        case .bytes(let most):
            guard written - replayed > most else { return [] }
        }
        let time = seconds.map { "\(Int($0.rounded())) s and " } ?? ""
        return [
            .init(
                cause: .lag,
                text:
                    "\(subject) is \(time)\(bytes) bytes behind, more than --max-lag \(limit)"
            )
        ]
    }

    private mutating func unknown(_ lag: Lag) -> String? {
        if sql.isReplica {
            return lag.replicas == 0 || lag.unknown > 0
                ? "the lag is not known: this replica receives nothing from its primary" : nil
        }
        mostReplicas = max(mostReplicas, Int(lag.replicas))
        if lag.replicas == 0, mostReplicas == 0 {
            return "the lag is not known: no replica is connected to this server"
        }
        if Int(lag.replicas) < mostReplicas {
            return "the lag is not known: \(lag.replicas) of \(mostReplicas) replicas are connected"
        }
        guard lag.unknown > 0 else { return nil }
        return "the lag is not known: the role may not see the position of \(lag.unknown) replicas;"
            + " GRANT pg_read_all_stats to it"
    }
}

extension LagLimit: CustomStringConvertible {
    /// The limit as it is given on the command line.
    public var description: String {
        switch self {
        case .seconds(let seconds): seconds == seconds.rounded() ? "\(Int(seconds))s" : "\(seconds)s"
        case .bytes(let bytes): "\(bytes)B"
        }
    }
}
