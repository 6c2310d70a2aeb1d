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
        guard !isWithout else { return nil }
        let fresh = try moments.join()
        first = first ?? fresh.moment
        snapshots += 1
        guard try moments.probe(fresh, over: &connection) else {
            moments.drop(fresh.id)
            isWithout = true
            return nil
        }
        current = fresh
        return fresh
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
                snapshots: max(1, snapshots))
        }
    }
}
