/// Why bytes were not compressed or not decompressed.
public enum ZstdError: Error, Hashable, Sendable {
    /// The bytes do not begin with the magic number of a zstd frame.
    case notAFrame
    /// The bytes end before the frame does.
    case truncated
    /// The frame is not what was written: its checksum, a block or a reserved bit is wrong.
    case damaged(reason: String)
    /// The frame uses a feature of the format that is refused, such as a dictionary.
    case unsupported(feature: String)
    /// Decompressed, the frame claims to be larger than allowed. Both in bytes.
    case contentTooLarge(size: UInt64, limit: UInt64)
    /// The frame asks for a larger window than allowed. Both in bytes.
    case windowTooLarge(size: UInt64, limit: UInt64)
    /// The frame claims to inflate further than its own size makes plausible. Both in bytes.
    case inflatesTooMuch(size: UInt64, limit: UInt64)
    /// Bytes follow the end of the frame.
    case trailingBytes(count: Int)
    /// libzstd could not do its work, for want of memory for example.
    case library(reason: String)
}

extension ZstdError: CustomStringConvertible {
    /// What is wrong, to stand after the name of the file.
    public var description: String {
        switch self {
        case .notAFrame: "is not a zstd frame"
        case .truncated: "is cut short"
        case .damaged(let reason): "is damaged: \(reason)"
        case .unsupported(let feature): "has \(feature), which is refused"
        case .contentTooLarge(let size, let limit): "claims \(size) bytes of content; the limit is \(limit)"
        case .windowTooLarge(let size, let limit): "asks for a window of \(size) bytes; the limit is \(limit)"
        case .inflatesTooMuch(let size, let limit):
            "claims \(size) bytes of content; a frame of its size may hold \(limit)"
        case .trailingBytes(let count): "has \(count) bytes after its end"
        case .library(let reason): "was refused by libzstd: \(reason)"
        }
    }
}
