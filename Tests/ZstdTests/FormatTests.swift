import Testing
import Zstd

struct FormatTests {
    private let frame: [UInt8]

    init() throws {
        frame = try ZstdFrame.compress(Samples.text(5000))
    }

    @Test(arguments: UInt8(0x50)...0x5F) func aSkippableFrameIsRefused(_ magic: UInt8) {
        let skippable: [UInt8] = [magic, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 1, 2]
        #expect(throws: ZstdError.unsupported(feature: "a skippable frame")) {
            try ZstdFrame.decompress(skippable + frame)
        }
        #expect(throws: ZstdError.trailingBytes(count: skippable.count)) {
            try ZstdFrame.decompress(frame + skippable)
        }
    }

    @Test func aSecondFrameIsRefused() {
        #expect(throws: ZstdError.trailingBytes(count: frame.count)) {
            try ZstdFrame.decompress(frame + frame)
        }
    }

    @Test(arguments: [1, 3, 4, 100_000]) func bytesAfterTheFrameAreRefused(_ count: Int) {
        #expect(throws: ZstdError.trailingBytes(count: count)) {
            try ZstdFrame.decompress(frame + [UInt8](repeating: 0, count: count))
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt8]) func aDictionaryIsRefused(_ width: UInt8) {
        let frame = CraftedFrame(descriptor: 0b0010_0100 | width, contentSize: 7, sizeWidth: 5)
        #expect(throws: ZstdError.unsupported(feature: "a dictionary")) {
            try ZstdFrame.decompress(frame.bytes)
        }
    }

    @Test func aFrameWithoutChecksumIsRefused() {
        let frame = CraftedFrame(descriptor: 0b0010_0000, contentSize: 0, sizeWidth: 1)
        #expect(throws: ZstdError.unsupported(feature: "no checksum")) {
            try ZstdFrame.decompress(frame.bytes)
        }
    }

    @Test func aFrameWithoutContentSizeIsRefused() {
        let frame = CraftedFrame(descriptor: 0b0000_0100, window: 0)
        #expect(throws: ZstdError.unsupported(feature: "no content size")) {
            try ZstdFrame.decompress(frame.bytes)
        }
    }

    @Test(arguments: [0b1_0000, 0b1000] as [UInt8]) func aReservedBitIsDamage(_ bit: UInt8) {
        let frame = CraftedFrame(descriptor: 0b0010_0100 | bit, contentSize: 0, sizeWidth: 1)
        #expect(throws: ZstdError.damaged(reason: "a reserved bit of the header is set")) {
            try ZstdFrame.decompress(frame.bytes)
        }
    }

    @Test(arguments: ["{}", "PK\u{3}\u{4}zip", "x"]) func otherBytesAreNoFrame(_ text: String) {
        #expect(throws: ZstdError.notAFrame) { try ZstdFrame.decompress(Array(text.utf8)) }
    }

    @Test func nothingIsATruncatedFrame() {
        #expect(throws: ZstdError.truncated) { try ZstdFrame.decompress([]) }
    }
}
