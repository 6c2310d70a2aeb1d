import LOBStore
import Synchronization
import Testing

struct ConcurrencyTests {
    @Test func fiftyWritersOfTwentySnapshotsLoseNoneAndReadersNeverSeeAPart() async throws {
        let folder = try ScratchFolder()
        let writers = RunningWriters(50)
        let seen = try await withThrowingTaskGroup(of: Int.self) { group in
            for writer in 0..<50 {
                group.addTask {
                    defer { writers.end() }
                    for number in 0..<20 { try Self.write(writer * 20 + number, to: folder) }
                    return 0
                }
            }
            for _ in 0..<2 {
                group.addTask { try await Self.read(folder, while: writers) }
            }
            var seen = 0
            for try await count in group { seen += count }
            return seen
        }
        #expect(seen > 0)
        let numbers = try SnapshotListing.list(folder.path) { Self.number($1.json) }.map {
            try $0.result.get()
        }
        #expect(numbers.sorted() == Array(0..<1000))
        #expect(try folder.names().count == 1000)
    }

    @Test func fiftyWritersOfTheSameSnapshotAllSucceed() async throws {
        let folder = try ScratchFolder()
        try await withThrowingTaskGroup { group in
            for _ in 0..<50 { group.addTask { try Self.write(1, to: folder) } }
            try await group.waitForAll()
        }
        #expect(try folder.names().count == 1)
    }

    private static func write(_ number: Int, to folder: ScratchFolder) throws {
        let json = Array(#"{"number":\#(number)}"#.utf8)
        let sealed = try SnapshotFile.seal(json, database: [0x61], timestamp: SampleProfile.timestamp)
        try DurableFile.write(sealed.frame, named: sealed.name, in: folder.path)
    }

    private static func number(_ json: [UInt8]) -> Int {
        let digits = json.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return Int(String(decoding: digits, as: UTF8.self)) ?? -1
    }

    /// Reads every snapshot again and again; how many were read.
    private static func read(_ folder: ScratchFolder, while writers: RunningWriters) async throws -> Int {
        var count = 0
        repeat {
            for entry in try SnapshotListing.list(folder.path, read: { $1.json }) {
                _ = try entry.result.get()
                count += 1
            }
            await Task.yield()
        } while writers.areRunning
        return count
    }
}

/// How many writers have not ended yet.
private final class RunningWriters: Sendable {
    private let count: Atomic<Int>

    init(_ count: Int) {
        self.count = Atomic(count)
    }

    var areRunning: Bool { count.load(ordering: .relaxed) > 0 }

    func end() {
        count.subtract(1, ordering: .relaxed)
    }
}
