import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import Synchronization
import Testing

/// Statements of another session that run at a certain moment of a survey, while it waits.
final class Interference: Sendable {
    /// When the statements run.
    enum Moment: Sendable {
        /// The plan is made and nothing is read.
        case plan
        /// So many chunks of any table have been read.
        case chunks(Int)
    }

    private let conninfo: String
    private let moment: Moment
    private let statements: [SQL]
    private let state = Mutex((chunks: 0, hasHappened: false))

    init(_ conninfo: String, on moment: Moment, _ statements: [SQL]) {
        self.conninfo = conninfo
        self.moment = moment
        self.statements = statements
    }

    /// Whether the statements ran.
    var hasHappened: Bool { state.withLock { $0.hasHappened } }

    /// Listens to the survey.
    func hear(_ event: SurveyEvent) {
        let isNow = state.withLock { state in
            if case .read = event { state.chunks += 1 }
            guard !state.hasHappened, isDue(event, state.chunks) else { return false }
            state.hasHappened = true
            return true
        }
        if isNow { run() }
    }

    private func isDue(_ event: SurveyEvent, _ chunks: Int) -> Bool {
        switch (moment, event) {
        case (.plan, .planned): true
        case (.chunks(let wanted), .read): chunks == wanted
        default: false
        }
    }

    /// Runs the statements.
    func run() {
        do throws(PostgreSQLError) {
            var connection = try Connection(Conninfo(conninfo), applicationName: "interference")
            for statement in statements { try connection.execute(statement, deadline: .seconds(60)) }
        } catch {
            Issue.record(error)
        }
    }
}
