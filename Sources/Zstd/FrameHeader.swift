/// The header of a zstd frame, read without libzstd and without allocating what it asks for.
///
/// RFC 8878, section 3.1.1. libzstd itself offers only the content size in its stable interface, and there the
/// values for "unknown" and "error" look like sizes.
struct FrameHeader: Equatable {
    /// The size of the content, in bytes.
    let contentSize: UInt64
    /// The size of the window, in bytes; nil when the whole content is one segment.
    let windowSize: UInt64?

    private static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

    init(_ bytes: [UInt8]) throws(ZstdError) {
        try Self.checkMagic(bytes)
        guard bytes.count > 4 else { throw .truncated }
        let descriptor = bytes[4]
        try Self.checkDescriptor(descriptor)
        let singleSegment = descriptor & 0b0010_0000 != 0
        var position = 5
        if singleSegment {
            windowSize = nil
        } else {
            windowSize = Self.windowSize(try Self.integer(bytes, at: position, width: 1))
            position += 1
        }
        switch descriptor >> 6 {
        case 0 where !singleSegment: throw .unsupported(feature: "no content size")
        case 0: contentSize = try Self.integer(bytes, at: position, width: 1)
        case 1: contentSize = try Self.integer(bytes, at: position, width: 2) + 256
        case 2: contentSize = try Self.integer(bytes, at: position, width: 4)
        default: contentSize = try Self.integer(bytes, at: position, width: 8)
        }
    }

    private static func checkMagic(_ bytes: [UInt8]) throws(ZstdError) {
        let start = bytes.prefix(4)
        // 0x184D2A50 to 0x184D2A5F, least byte first.
        if start.count == 4, start[0] & 0xF0 == 0x50, start.dropFirst().elementsEqual([0x2A, 0x4D, 0x18]) {
            throw .unsupported(feature: "a skippable frame")
        }
        guard start.elementsEqual(magic.prefix(start.count)) else { throw .notAFrame }
    }

    /// Bits from the top: content size 2, single segment, unused, reserved, checksum, dictionary id 2.
    private static func checkDescriptor(_ descriptor: UInt8) throws(ZstdError) {
        guard descriptor & 0b0001_1000 == 0 else {
            throw .damaged(reason: "a reserved bit of the header is set")
        }
        guard descriptor & 0b0000_0011 == 0 else { throw .unsupported(feature: "a dictionary") }
        guard descriptor & 0b0000_0100 != 0 else { throw .unsupported(feature: "no checksum") }
    }

    private static func windowSize(_ descriptor: UInt64) -> UInt64 {
        let base = UInt64(1) << (10 + descriptor >> 3)
        return base + base / 8 * (descriptor & 7)
    }

    private static func integer(_ bytes: [UInt8], at start: Int, width: Int) throws(ZstdError) -> UInt64 {
        guard bytes.count >= start + width else { throw .truncated }
        return bytes[start..<start + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
