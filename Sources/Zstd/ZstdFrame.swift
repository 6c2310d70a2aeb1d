/// Bytes as one zstd frame that carries its content size and a checksum.
public enum ZstdFrame {
    /// Compresses bytes into exactly one frame; the same bytes, level and libzstd give the same frame.
    ///
    /// The frame always passes the default ``ZstdLimits`` of ratio and window: content that compresses too well to
    /// be told from an attack is written in small blocks instead, at most 128 bytes of content for one of the frame.
    ///
    /// - Parameter level: 1 (fast) to 19 (small).
    /// - Throws: ``ZstdError/library(reason:)``, and ``ZstdError/damaged(reason:)`` when libzstd does not read back
    ///   what it wrote.
    public static func compress(_ bytes: [UInt8], level: Int = 9) throws(ZstdError) -> [UInt8] {
        precondition((1...19).contains(level), "levels above 19 need windows that readers refuse")
        var frame = try Compressor.prepared(level: level, contentSize: bytes.count).frame(of: bytes)
        if UInt64(bytes.count) > ZstdLimits().plausibleContent(frameSize: frame.count) {
            frame = try Compressor.prepared(level: level, contentSize: bytes.count).frame(
                of: bytes, blockSize: 512)
        }
        // An encoder with a fault must lose no data: restic met one, and checks what it stores since.
        let limits = ZstdLimits(contentSize: UInt64(bytes.count))
        guard try decompress(frame, limits: limits) == bytes else {
            throw .damaged(reason: "it does not decompress to what was compressed")
        }
        return frame
    }

    /// Decompresses exactly one frame.
    ///
    /// - Throws: ``ZstdError`` for anything but one whole frame with content size and checksum, without dictionary,
    ///   within the limits. Nothing in proportion to a claim of the frame is allocated before the claim is checked.
    public static func decompress(
        _ frame: [UInt8], limits: ZstdLimits = ZstdLimits()
    ) throws(ZstdError) -> [UInt8] {
        let header = try FrameHeader(frame)
        try limits.check(header, frameSize: frame.count)
        let frameSize = try Decompressor.frameSize(frame)
        guard frameSize == frame.count else { throw .trailingBytes(count: frame.count - frameSize) }
        guard let size = Int(exactly: header.contentSize) else {
            throw .contentTooLarge(size: header.contentSize, limit: UInt64(Int.max))
        }
        return try Decompressor().content(of: frame, size: size)
    }
}
