import Testing
import Zstd

struct RefusalTests {
    @Test func aFrameOf13BytesThatClaims1100GBIsRefused() {
        let frame = CraftedFrame(descriptor: 0b1110_0100, contentSize: 1_100_000_000_000, sizeWidth: 8)
        #expect(frame.bytes.count == 13)
        #expect(throws: ZstdError.contentTooLarge(size: 1_100_000_000_000, limit: 256 << 20)) {
            try ZstdFrame.decompress(frame.bytes)
        }
    }

    @Test(arguments: [UInt64.max, UInt64.max - 1, UInt64(Int64.max), UInt64(Int64.max) + 1])
    func sizesThatLibzstdUsesAsSentinelsAreTooLarge(_ size: UInt64) {
        let frame = CraftedFrame(descriptor: 0b1110_0100, contentSize: size, sizeWidth: 8)
        #expect(throws: ZstdError.contentTooLarge(size: size, limit: 256 << 20)) {
            try ZstdFrame.decompress(frame.bytes)
        }
        #expect(throws: ZstdError.self) {
            try ZstdFrame.decompress(frame.bytes, limits: ZstdLimits(contentSize: .max, ratio: .max))
        }
    }

    @Test func aFrameOf9BytesWithAWindowOf512MiBIsRefused() {
        var bytes = CraftedFrame(descriptor: 0b0100_0100, window: 19 << 3, sizeWidth: 2).bytes
        bytes.append(1)
        #expect(bytes.count == 9)
        #expect(throws: ZstdError.windowTooLarge(size: 512 << 20, limit: 8 << 20)) {
            try ZstdFrame.decompress(bytes)
        }
    }

    @Test func aWindowOfAnEighthOverTheLimitIsRefused() {
        let frame = CraftedFrame(descriptor: 0b0100_0100, window: 13 << 3 | 1, sizeWidth: 2)
        #expect(throws: ZstdError.windowTooLarge(size: 9 << 20, limit: 8 << 20)) {
            try ZstdFrame.decompress(frame.bytes)
        }
    }

    @Test func thirtyTwoKilobytesThatInflateTo1GiBAreRefused() {
        var frame = CraftedFrame(descriptor: 0b1000_0100, window: 7 << 3, contentSize: 1 << 30, sizeWidth: 4)
        frame.repeatBytes(1 << 17, blocks: 1 << 13)
        frame.endWithChecksum()
        #expect(frame.bytes.count < 32_894)
        #expect(throws: ZstdError.contentTooLarge(size: 1 << 30, limit: 256 << 20)) {
            try ZstdFrame.decompress(frame.bytes)
        }
    }

    @Test func contentWithinTheLimitInATinyFrameIsRefused() {
        let frame = CraftedFrame(descriptor: 0b1010_0100, contentSize: 200 << 20, sizeWidth: 4)
        #expect(throws: ZstdError.inflatesTooMuch(size: 200 << 20, limit: 1 << 20 + 200 * 9)) {
            try ZstdFrame.decompress(frame.bytes)
        }
    }

    @Test(arguments: [1 << 10, 1 << 20] as [UInt64]) func blocksThatHoldMoreThanTheHeaderSaysAreDamage(
        size: UInt64
    ) {
        var frame = CraftedFrame(descriptor: 0b1000_0100, window: 7 << 3, contentSize: size, sizeWidth: 4)
        frame.repeatBytes(1 << 17, blocks: 1 << 13)
        frame.endWithChecksum()
        expectDamage(frame.bytes)
    }

    @Test func blocksThatHoldLessThanTheHeaderSaysAreDamage() {
        var frame = CraftedFrame(descriptor: 0b1000_0100, window: 7 << 3, contentSize: 1000, sizeWidth: 4)
        frame.repeatBytes(999, blocks: 1)
        frame.endWithChecksum()
        expectDamage(frame.bytes)
    }

    private func expectDamage(_ bytes: [UInt8]) {
        let error = #expect(throws: ZstdError.self) { try ZstdFrame.decompress(bytes) }
        guard case .damaged = error else {
            Issue.record("not damage: \(String(describing: error))")
            return
        }
    }
}
