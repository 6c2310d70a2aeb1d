import Foundation
import LOBStore

/// A snapshot whose bytes follow from a number, about 5 KiB when compressed.
struct SampleSnapshot: Codable {
    let seed: UInt64
    let sizes: [UInt64]

    init(seed: UInt64) {
        self.seed = seed
        var state = seed
        sizes = (0..<2000).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 44
        }
    }

    func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Array(try encoder.encode(self))
    }

    func sealed() throws -> SnapshotFile.Sealed {
        try SnapshotFile.seal(try json(), database: Array("sample".utf8), timestamp: "20261122T090000Z")
    }
}
