#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A moment in UTC, as file names carry it.
public struct UTCStamp: Sendable, Hashable {
    /// Seconds since 1970.
    public let seconds: Int64

    /// Creates a stamp.
    public init(seconds: Int64) {
        self.seconds = seconds
    }

    /// `yyyyMMddTHHmmssZ`.
    public var compact: String {
        let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted, timeZone: .gmt)
        return Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(style)
    }
}
