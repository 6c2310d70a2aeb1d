import Foundation
import Testing
import Zstd

struct RoundTripTests {
    private static let sizes = [
        0, 1, 2, 255, 256, 257, 65_535, 65_536, 65_791, 65_792, 131_072, 131_073, (1 << 20) + 1, 9 << 20,
    ]

    @Test(arguments: sizes, [1, 9, 19]) func bytesComeBack(size: Int, level: Int) throws {
        guard size < 1 << 20 || level < 19 else { return }
        for bytes in [Samples.text(size), Samples.random(size), [UInt8](repeating: 0x61, count: size)] {
            let frame = try ZstdFrame.compress(bytes, level: level)
            let content = try ZstdFrame.decompress(frame)
            #expect(Data(content) == Data(bytes))
        }
    }

    @Test func theSameBytesGiveTheSameFrame() throws {
        let bytes = Samples.text(300_000)
        let first = try ZstdFrame.compress(bytes)
        #expect(try ZstdFrame.compress(bytes) == first)
        #expect(first.count < bytes.count / 2)
    }

    @Test func anEmptyFrameHasAHeaderABlockAndAChecksum() throws {
        let frame = try ZstdFrame.compress([])
        #expect(Array(frame.prefix(6)) == [0x28, 0xB5, 0x2F, 0xFD, 0x24, 0])
        #expect(frame.count == 6 + 3 + 4)
    }

    @Test func repetitiveContentOf50MBCanBeRead() throws {
        let table = Array(#"{"schema":"public","table":"orders","columns":[]},"#.utf8)
        var bytes: [UInt8] = []
        while bytes.count < 50_000_000 { bytes.append(contentsOf: table) }
        let frame = try ZstdFrame.compress(bytes)
        #expect(bytes.count <= (1 << 20) + 200 * frame.count)
        #expect(frame.count < bytes.count / 40)
        let content = try ZstdFrame.decompress(frame)
        #expect(Data(content) == Data(bytes))
    }

    @Test func contentJustOverTheFreeMebibyteCanBeRead() throws {
        let bytes = [UInt8](repeating: 0, count: (1 << 20) + 20_000)
        #expect(try ZstdFrame.decompress(ZstdFrame.compress(bytes)).count == bytes.count)
    }
}
