/// What a frame may ask of its reader; checked on its header, before anything is allocated.
public struct ZstdLimits: Hashable, Sendable {
    /// The largest content, in bytes.
    public var contentSize: UInt64
    /// The largest window, as a power of two; a frame without a window of its own is held to ``contentSize``.
    public var windowLog: Int
    /// How many bytes of content each byte of the frame may stand for, beyond ``freeContent``.
    public var ratio: UInt64
    /// Content that any frame may have whatever its size, in bytes.
    public var freeContent: UInt64

    /// Creates limits; the defaults are those of snapshots.
    public init(
        contentSize: UInt64 = 256 << 20, windowLog: Int = 23, ratio: UInt64 = 200,
        freeContent: UInt64 = 1 << 20
    ) {
        self.contentSize = contentSize
        self.windowLog = windowLog
        self.ratio = ratio
        self.freeContent = freeContent
    }

    /// The largest content that a frame of a size may have by its ratio alone, in bytes.
    func plausibleContent(frameSize: Int) -> UInt64 {
        let (product, overflows) = UInt64(frameSize).multipliedReportingOverflow(by: ratio)
        let (sum, exceeds) = product.addingReportingOverflow(freeContent)
        return overflows || exceeds ? .max : sum
    }

    func check(_ header: FrameHeader, frameSize: Int) throws(ZstdError) {
        guard header.contentSize <= contentSize else {
            throw .contentTooLarge(size: header.contentSize, limit: contentSize)
        }
        let plausible = plausibleContent(frameSize: frameSize)
        guard header.contentSize <= plausible else {
            throw .inflatesTooMuch(size: header.contentSize, limit: plausible)
        }
        let window = UInt64(1) << UInt64(windowLog)
        if let size = header.windowSize, size > window {
            throw .windowTooLarge(size: size, limit: window)
        }
    }
}
