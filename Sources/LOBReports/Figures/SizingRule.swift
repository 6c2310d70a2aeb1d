import LOBAdvice
import SizeStatistics

/// The sizing policy of a profile read backwards: which values a DMS limit holds.
struct SizingRule {
    private let sizing: Sizing
    private let utf8BytesPerByte: Int64

    /// The rule of a profile's policy and server encoding.
    init(_ profile: Profile) {
        sizing = profile.policy.sizing
        utf8BytesPerByte = profile.server.utf8BytesPerByte
    }

    /// The largest value that a limit does not cut.
    func largestSize(within limit: Kibibytes, _ lobClass: LOBClass) -> ByteCount {
        sizing.largestSize(fitting: limit.bytes, lobClass: lobClass, utf8BytesPerByte: utf8BytesPerByte)
    }
}
