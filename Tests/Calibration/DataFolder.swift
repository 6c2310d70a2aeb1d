import Foundation

/// Sizes of real things, in the order in which they were found.
struct SizeSet {
    let name: String
    let sizes: [Int64]
}

/// Stored size in PostgreSQL 15 and size of the text of real documents.
struct PairSet {
    let name: String
    let rows: [(stored: Int64, size: Int64)]
}

/// The data sets of a folder: one integer a line, or two in files named `pairs_*`.
struct DataFolder {
    private(set) var sizes: [SizeSet] = []
    private(set) var pairs: [PairSet] = []

    init(path: String) throws {
        for file in try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        where file.hasSuffix(".txt") {
            let name = String(file.dropLast(4))
            let text = try Data(contentsOf: URL(fileURLWithPath: path).appendingPathComponent(file))
            if name.hasPrefix("pairs_") {
                let numbers = Self.integers(text)
                let rows = stride(from: 0, to: numbers.count - 1, by: 2).map {
                    (numbers[$0], numbers[$0 + 1])
                }
                pairs.append(PairSet(name: String(name.dropFirst(6)), rows: rows))
            } else {
                sizes.append(SizeSet(name: name, sizes: Self.integers(text)))
            }
        }
    }

    /// Integers between any other bytes.
    private static func integers(_ text: Data) -> [Int64] {
        var numbers: [Int64] = []
        var current: Int64?
        for byte in text {
            if byte >= 48, byte <= 57 {
                current = (current ?? 0) * 10 + Int64(byte - 48)
            } else if let number = current {
                numbers.append(number)
                current = nil
            }
        }
        return numbers + (current.map { [$0] } ?? [])
    }
}
