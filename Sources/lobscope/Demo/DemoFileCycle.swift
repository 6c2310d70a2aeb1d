/// Files taken until a budget of bytes is used, evenly over the list, and again from the start if need be.
struct DemoFileCycle: Sequence, IteratorProtocol {
    /// A file's content, under a name that is unique in the cycle.
    struct Item {
        let file: DemoFile
        /// The file's path, with `#2` and so on when the file is used again.
        let path: String
        let content: [UInt8]
        /// A running number from 1.
        let number: Int
    }

    private let files: [DemoFile]
    private let asText: Bool
    private let step: Int
    private let largest: Int
    private let rounds: Int
    /// Bytes that are still to be delivered.
    private(set) var budget: Int
    private var position = 0
    private var offset = 0
    private var count = 0
    private var usedInRound = 0
    /// How often the list was begun: 1 unless the machine holds too little.
    private(set) var round = 1

    /// - Parameters:
    ///   - budget: Bytes to deliver; the last file may exceed it.
    ///   - asText: Whether to leave out what is not UTF-8 text.
    ///   - rounds: How often each file may be used.
    init(_ files: [DemoFile], budget: Int, asText: Bool, rounds: Int = .max) {
        let largest = Swift.max(64 << 10, budget / 8)
        let fitting = files.filter { $0.size <= largest }
        self.files = fitting
        self.asText = asText
        self.budget = budget
        self.largest = largest
        self.rounds = rounds
        let total = fitting.reduce(0) { $0 + $1.size }
        self.step = Swift.max(1, total / Swift.max(1, budget))
    }

    mutating func next() -> Item? {
        while budget > 0, let file = nextFile() {
            guard let content = asText ? file.text() : file.bytes(), !content.isEmpty,
                content.count <= largest
            else { continue }
            budget -= content.count
            count += 1
            usedInRound += 1
            let path = round == 1 ? file.path : file.path + "#\(round)"
            return Item(file: file, path: path, content: content, number: count)
        }
        return nil
    }

    /// Every `step`-th file, then those between; nil when a whole round gave nothing.
    private mutating func nextFile() -> DemoFile? {
        while position >= files.count {
            offset += 1
            if offset >= step {
                guard usedInRound > 0, round < rounds else { return nil }
                round += 1
                usedInRound = 0
                offset = 0
            }
            position = offset
            if files.isEmpty { return nil }
        }
        defer { position += step }
        return files[position]
    }
}
