/// A frame put together by hand, to claim what no encoder would.
struct CraftedFrame {
    private(set) var bytes: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

    /// - Parameters:
    ///   - descriptor: Content size 2 bits, single segment, unused, reserved, checksum, dictionary id 2 bits.
    ///   - window: The window descriptor, unless the frame is a single segment.
    init(descriptor: UInt8, window: UInt8? = nil, contentSize: UInt64 = 0, sizeWidth: Int = 0) {
        bytes.append(descriptor)
        if let window { bytes.append(window) }
        bytes += (0..<sizeWidth).map { UInt8(truncatingIfNeeded: contentSize >> UInt64(8 * $0)) }
    }

    /// Adds blocks that each stand for `size` times the same byte in 4 bytes.
    mutating func repeatBytes(_ size: Int, blocks: Int) {
        for block in 1...blocks {
            let header = UInt32(size) << 3 | 0b010 | (block == blocks ? 1 : 0)
            bytes += [0, 8, 16].map { UInt8(truncatingIfNeeded: header >> $0) } + [0x20]
        }
    }

    /// Adds a checksum, which is the right one only by chance.
    mutating func endWithChecksum() {
        bytes += [1, 2, 3, 4]
    }
}
