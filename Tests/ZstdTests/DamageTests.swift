import Testing
import Zstd

struct DamageTests {
    /// Content sizes for each width of the header's size field, without and with compressed blocks.
    private static let sizes = [0, 1, 200, 256, 2000, 12_000]

    @Test(arguments: sizes) func everyTruncationIsDetected(_ size: Int) throws {
        let frame = try ZstdFrame.compress(Samples.text(size))
        for length in 0..<frame.count {
            #expect(throws: ZstdError.truncated) { try ZstdFrame.decompress(Array(frame[..<length])) }
        }
    }

    /// The format has bits that mean nothing, such as padding after a table; all others are covered.
    @Test(arguments: sizes) func noFlippedBitChangesTheContent(_ size: Int) throws {
        let content = Samples.text(size)
        let original = try ZstdFrame.compress(content)
        var frame = original
        var meaningless = 0
        for index in frame.indices {
            for bit in 0..<8 {
                frame[index] ^= 1 << UInt8(bit)
                if let read = try? ZstdFrame.decompress(frame) {
                    #expect(read == content, "bit \(bit) of byte \(index) of \(original.count)")
                    meaningless += 1
                }
                frame[index] = original[index]
            }
        }
        #expect(meaningless <= 1 + original.count * 8 / 400)
    }
}
