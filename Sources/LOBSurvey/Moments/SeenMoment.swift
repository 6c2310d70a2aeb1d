import LOBProfile

/// A moment that something was read in, and what later readings are compared with.
struct SeenMoment: Sendable, Codable {
    /// Its number in the survey; different moments have different ones.
    let id: Int
    let moment: Moment
    let server: ServerIdentity
    /// Every transaction before this one had ended (a full transaction id).
    let horizon: UInt64

    /// The moment of a snapshot.
    init(_ snapshot: HeldSnapshot) {
        (id, moment, server, horizon) = (
            snapshot.id, snapshot.moment, snapshot.server, snapshot.horizon
        )
    }

    /// The moment of a transaction by itself.
    init(id: Int, _ answer: MomentQuery.Answer, after before: LSN?) {
        self.id = id
        moment = answer.moment(after: before)
        server = answer.server
        horizon = answer.horizon
    }
}
