/// How old the WAL is that a replica has not replayed yet.
///
/// The server's own figure stands still while replay stands still, and on a quiet primary it counts the quiet. Here
/// each position is remembered with the moment when it was first seen: the lag is the age of the oldest that is
/// not replayed. That is right to the interval between two readings.
struct LagHistory {
    private var seen: [(position: Int64, at: ContinuousClock.Instant)] = []
    /// The position of the first reading: how old what was written before it is only the server knows.
    private var first: Int64?

    /// Positions that are remembered at most; every second one is forgotten beyond that.
    private static let limit = 2000

    /// The lag in seconds; nil where it is not known, as of what was written before the first reading and of which the
    /// server tells nothing.
    ///
    /// - Parameters:
    ///   - written: the position up to which there is WAL, in bytes.
    ///   - replayed: the position up to which it was replayed.
    ///   - reported: the server's own figure in seconds, for what was written before the first reading.
    mutating func seconds(
        written: Int64, replayed: Int64, reported: Double?, at now: ContinuousClock.Instant = .now
    ) -> Double? {
        let first = first ?? written
        self.first = first
        seen.removeAll { $0.position <= replayed }
        guard written > replayed else { return 0 }
        if seen.last.map({ $0.position < written }) ?? true { seen.append((written, now)) }
        if seen.count > Self.limit {
            seen = seen.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        }
        let own = seen.first.map { ($0.at.duration(to: now)).inSeconds } ?? 0
        guard let reported else { return replayed < first ? nil : own }
        return max(own, reported)
    }
}
