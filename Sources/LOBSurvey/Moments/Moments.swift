import LOBProfile
import PostgreSQLClient
import Synchronization

/// The snapshots of a survey: who may see which, for how long each is held, when it is let go.
final class Moments: Sendable {
    private let session: ServerSession
    /// How long a snapshot may be held.
    let limit: Duration
    /// Whether all tables are read in one snapshot, however long that takes.
    let isConsistent: Bool
    /// Host and port of the server, where there are several that rows are read from.
    let place: String?

    private struct State {
        var holders: [Int: Holder] = [:]
        var next = 1
        var heldSeconds = 0.0
        /// Beside how many snapshots a reader has got a connection.
        var proven = 0
        /// Whether there is no connection for another snapshot: one that is held is shared, however old it is.
        var isShort = false
        /// Snapshots with smaller numbers are too old for what begins now.
        var oldest = 0
        /// The latest position of the WAL that is known.
        var position: LSN?
    }

    private struct Holder {
        let holder: SnapshotHolder
        var users = 0
    }

    private let state = Mutex(State())

    /// A snapshot that is younger is shared by what begins now.
    private static let freshness: Duration = .seconds(2)

    init(_ session: ServerSession, limit: Duration, isConsistent: Bool, place: String?) {
        self.place = place
        self.session = session
        self.limit = limit
        self.isConsistent = isConsistent
    }

    /// A snapshot for something that begins now: a young one that is held already, else a new one, or where there is no
    /// connection for that, any that may still be held.
    ///
    /// - Throws: `PostgreSQLError` when the server refuses.
    func join() throws(PostgreSQLError) -> HeldSnapshot {
        // Taken under the lock: who comes meanwhile shares it.
        try state.withLock { (state) throws(PostgreSQLError) in
            if state.isShort { endOld(&state) }
            if let shared = share(&state) { return shared }
            let holder: SnapshotHolder
            do throws(PostgreSQLError) {
                holder = try SnapshotHolder(id: state.next, session: session)
            } catch {
                guard ServerSession.isShortOfConnections(error) else { throw error }
                state.isShort = true
                guard let shared = share(&state) else { throw error }
                return shared
            }
            state.next += 1
            state.holders[holder.snapshot.id] = Holder(holder: holder, users: 1)
            return holder.snapshot
        }
    }

    /// The newest snapshot that something may share that begins now.
    private func share(_ state: inout State) -> HeldSnapshot? {
        let freshness = state.isShort ? limit : min(Self.freshness, limit / 4)
        let snapshot = state.holders.values.map(\.holder.snapshot)
            .filter { $0.id >= state.oldest }
            .filter { isConsistent || $0.takenAt.duration(to: .now) < freshness }
            .max { $0.id < $1.id }
        if let snapshot { state.holders[snapshot.id]?.users += 1 }
        return snapshot
    }

    /// Ends what may be held no longer, whoever uses it: its connection is needed.
    private func endOld(_ state: inout State) {
        guard !isConsistent else { return }
        for (id, entry) in state.holders where entry.holder.snapshot.takenAt.duration(to: .now) >= limit {
            state.holders[id] = nil
            state.heldSeconds += entry.holder.snapshot.takenAt.duration(to: .now).inSeconds
            entry.holder.end()
        }
    }

    /// The latest position of the WAL that is known: before whatever begins now.
    var lastPosition: LSN? { state.withLock(\.position) }

    /// The moment of a transaction that had a snapshot of its own.
    func moment(_ answer: MomentQuery.Answer, after before: LSN?) -> SeenMoment {
        state.withLock { state in
            defer { state.next += 1 }
            state.position = [state.position, answer.position].compactMap(\.self).max()
            return SeenMoment(id: state.next, answer, after: before)
        }
    }

    /// The age of the oldest snapshot that is held; zero where there is none.
    var age: Duration {
        state.withLock { state in
            state.holders.values.map { $0.holder.snapshot.takenAt.duration(to: .now) }.max() ?? .zero
        }
    }

    /// Lets nothing that begins from now on share a snapshot that was taken before: a table that was rewritten meanwhile
    /// looks empty in those.
    func renew() {
        state.withLock { $0.oldest = $0.next }
    }

    /// Whether a snapshot is still held and may be used.
    func isUsable(_ snapshot: HeldSnapshot) -> Bool {
        let isTooOld = !isConsistent && snapshot.takenAt.duration(to: .now) >= limit
        return !isTooOld && state.withLock { $0.holders[snapshot.id] != nil }
    }

    /// Notes that somebody needs a snapshot no more; the last one ends it.
    func leave(_ snapshot: HeldSnapshot) {
        remove { state in
            state.holders[snapshot.id]?.users -= 1
            return isConsistent || !isLeft(state.holders[snapshot.id]) ? [] : [snapshot.id]
        }
    }

    /// Ends a snapshot, as where it is lost; whoever uses it takes another one.
    func drop(_ id: Int) {
        remove { _ in [id] }
    }

    /// Lets go of what is too old, or used by nobody; called now and then.
    ///
    /// - Parameter all: whether none may be held, as while a replica has to catch up.
    func letGo(all: Bool = false) {
        guard !isConsistent else { return }
        remove { state in
            state.holders.filter { _, entry in
                all || entry.holder.snapshot.takenAt.duration(to: .now) >= limit || isLeft(entry)
            }.map(\.key)
        }
    }

    /// Whether nobody uses a snapshot, and it is too old to be shared by what begins now.
    private func isLeft(_ entry: Holder?) -> Bool {
        guard let entry, entry.users == 0 else { return false }
        return entry.holder.snapshot.takenAt.duration(to: .now) >= Self.freshness
    }

    /// Ends the snapshots that are chosen, in the same look: nobody may begin to share one in between.
    private func remove(_ chosen: (inout State) -> [Int]) {
        let holders = state.withLock { state in
            chosen(&state).compactMap { id -> SnapshotHolder? in
                guard let holder = state.holders.removeValue(forKey: id)?.holder else { return nil }
                state.heldSeconds += holder.snapshot.takenAt.duration(to: .now).inSeconds
                return holder
            }
        }
        for holder in holders { holder.end() }
    }

    /// Ends all; returns the seconds for which snapshots were held, all together.
    func end() -> Double {
        remove { Array($0.holders.keys) }
        return state.withLock(\.heldSeconds)
    }

    /// Checks that a reader gets through beside so many snapshots, once for each number of them: in a pool with too few
    /// connections it would wait for them, and they for it.
    ///
    /// - Returns: false where there is none beside a single snapshot.
    /// - Throws: `PostgreSQLError`; where there is none beside several, also after the newest of them was given up.
    func probe(_ snapshot: HeldSnapshot, over connection: inout Connection) throws(PostgreSQLError) -> Bool {
        let (held, proven) = state.withLock { ($0.holders.count, $0.proven) }
        guard held > proven else { return true }
        do throws(PostgreSQLError) {
            try session.brief(in: snapshot).run([], over: &connection) { _, _ in }
            state.withLock { $0.proven = max($0.proven, held) }
            return true
        } catch {
            if session.brief(in: snapshot).preamble.hasLostSnapshot(error) {
                // Whoever held it was ended, and nobody has noticed yet.
                drop(snapshot.id)
                throw .connectionLost(reason: "the snapshot is gone with the connection that held it")
            }
            guard ServerSession.isShortOfConnections(error) else { throw error }
            guard held > 1 else { return false }
            remove { state in
                state.isShort = true
                return state.holders.count > 1 ? state.holders.keys.max().map { [$0] } ?? [] : []
            }
            throw error
        }
    }
}
