import LOBProfile
import PostgreSQLClient

/// The snapshots that the sizes of large objects are read in: one, where it can be held for as long as that takes.
struct LargeObjectMoments {
    private let moments: Moments
    private var current: HeldSnapshot?
    private var first: Moment?
    private var heldSeconds = 0.0
    private var snapshots = 0
    /// Whether there is no connection for a snapshot beside the one that reads.
    private var isWithout = false

    init(_ moments: Moments) {
        self.moments = moments
    }

    /// The snapshot to read in next; nil where none can be held.
    ///
    /// - Throws: `PostgreSQLError` where it cannot be taken for now.
    mutating func snapshot(over connection: inout Connection) throws(PostgreSQLError) -> HeldSnapshot? {
        if let current, moments.isUsable(current) { return current }
        leave()
        guard !isWithout, let fresh = try joined(over: &connection) else {
            isWithout = true
            return nil
        }
        first = first ?? fresh.moment
        snapshots += 1
        current = fresh
        return fresh
    }

    /// A snapshot beside which something can be read; nil where there is no connection for one.
    private func joined(over connection: inout Connection) throws(PostgreSQLError) -> HeldSnapshot? {
        let fresh: HeldSnapshot
        do throws(PostgreSQLError) {
            fresh = try moments.join()
        } catch {
            guard ServerSession.isShortOfConnections(error) else { throw error }
            return nil
        }
        do throws(PostgreSQLError) {
            if try moments.probe(fresh, over: &connection) { return fresh }
        } catch {
            moments.leave(fresh)
            throw error
        }
        moments.drop(fresh.id)
        return nil
    }

    /// Lets go of the snapshot: what is still to be read needs none.
    mutating func leave() {
        guard let current else { return }
        moments.leave(current)
        heldSeconds += current.takenAt.duration(to: .now).inSeconds
        self.current = nil
    }

    /// Forgets a snapshot that is lost.
    mutating func drop() {
        guard let current else { return }
        moments.drop(current.id)
        leave()
    }

    /// What was read so far proves; nil where nothing was.
    var reading: TableReading? {
        first.map { moment in
            TableReading(
                certainty: snapshots == 1 && !isWithout ? .oneMoment : .severalMoments, moment: moment,
                heldSeconds: heldSeconds + (current?.takenAt.duration(to: .now).inSeconds ?? 0),
                snapshots: max(1, snapshots), reader: moments.place)
        }
    }
}
