import TestSupport
import Testing

/// Frames that claim or inflate to far more than they are; refused by a process whose memory is watched.
struct BombTests {
    private static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

    private static func size(_ value: UInt64, width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }

    /// 4-byte blocks that each stand for 128 KiB.
    private static func blocks(_ count: Int) -> [UInt8] {
        let block: [UInt8] = [0x02, 0x00, 0x10, 0x20]
        return Array(repeatElement(block, count: count - 1).joined()) + [0x03, 0x00, 0x10, 0x20]
    }

    static let bombs: [(name: String, bytes: [UInt8])] = [
        ("13 bytes that claim 1.1 TB", magic + [0xE4] + size(1_100_000_000_000, width: 8)),
        ("9 bytes with a window of 512 MiB", magic + [0x44, 19 << 3, 0, 0, 0]),
        (
            "32 KB that inflate to 1 GiB",
            magic + [0x84, 7 << 3] + size(1 << 30, width: 4) + blocks(8192) + [0, 0, 0, 0]
        ),
        (
            "32 KB that claim 1 MiB and inflate to 1 GiB",
            magic + [0x84, 7 << 3] + size(1 << 20, width: 4) + blocks(8192) + [0, 0, 0, 0]
        ),
        (
            "4 KB that inflate to 128 MiB, within the limit",
            magic + [0x84, 7 << 3] + size(1 << 27, width: 4) + blocks(1024) + [0, 0, 0, 0]
        ),
        ("9 bytes that claim 255 MiB", magic + [0xA4] + size(255 << 20, width: 4)),
    ]

    @Test(arguments: bombs) func aBombIsRefusedWithinLittleMemoryAndTime(name: String, bytes: [UInt8])
        async throws
    {
        let folder = try ScratchFolder()
        let path = try folder.put(bytes, "bomb.json.zst")
        let outcome = try await BuiltProduct("StoreProbe").run(["refuse", path])
        #expect(outcome.status == 0, "\(name): \(outcome.errorOutput)")
        let figures = outcome.output.split(separator: "\n").compactMap { Int($0) }
        try #require(figures.count == 2)
        #expect(figures[0] < 64 << 10, "\(name): \(figures[0]) KiB")
        // 50 ms are promised; this is a debug build, on a machine that does other things too.
        #expect(figures[1] < 150, "\(name): \(figures[1]) ms of processor time")
    }
}
