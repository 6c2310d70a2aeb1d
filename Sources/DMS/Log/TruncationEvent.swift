/// One line of a DMS log that says that a value was cut.
public struct TruncationEvent: Hashable, Sendable {
    public let place: TruncatedPlace
    /// Bytes that were kept: the limit that was in force.
    public let limit: ByteCount
    public let length: Length
    /// Such as `SOURCE_UNLOAD` (full load) or `SOURCE_CAPTURE` (CDC); nil where the line has no header.
    public let component: String?
    /// The time as the log writes it; nil where the line has none.
    public let time: LogTime?

    /// How long the value was.
    public enum Length: Hashable, Sendable {
        case known(ByteCount)
        /// The log has a negative number, which pglogical writes where its counter overflowed, or one
        /// that is no larger than the limit: the value was larger than the limit, and nothing else is known.
        case unknown
        /// The log says nothing; Oracle sources never do.
        case absent
    }
}
