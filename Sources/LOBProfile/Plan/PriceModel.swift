/// What reading a table costs on one connection, from sizes that the catalog knows.
///
/// The rates were measured on a warm cache of a small machine with PostgreSQL 15 and hold within a factor of 2 for what
/// `script/bench` measures; storage that is slower decides instead, and how well values are compressed is not known.
struct PriceModel {
    let relation: Relation
    let blockSize: Int
    /// What some blocks told; nil where none were read.
    var probe: TextProbe?

    /// Bytes of heap per second that pass by.
    private static let heapRate = 1e9
    /// Seconds for each row that is looked at, and for each size that is found in a header of it.
    private static let rowSeconds = 63e-9
    private static let headerSeconds = 37e-9
    /// Seconds for each value that text is made of, however short it is.
    private static let valueSeconds = 0.25e-6
    /// Seconds for each row of TABLESAMPLE, which all come here one by one.
    private static let sentRowSeconds = 0.25e-6
    /// Seconds for each column of each drawn block, whose sizes are collected by themselves.
    private static let drawnBlockSeconds = 4e-6
    /// A transaction, however little it reads.
    private static let overhead = 0.001
    /// Bytes that a chunk of TOAST takes, and seconds for its entry in the index and a share of a first chunk (measured: 0.15 µs
    /// where no first chunk is looked at, 0.6 µs where each is, of 14 chunks).
    private static let chunkBytes = 2048.0
    private static let chunkSeconds = 0.6e-6
    /// What an entry takes more where the visibility map is of no help: a look at the chunk itself (measured: 2.6 times an entry).
    private static let unseenChunkSeconds = 0.25e-6
    /// A scan for large sizes only, against one that counts all sizes.
    private static let tailShare = 0.7
    /// Bytes of a row under which its values are hardly ever compressed.
    private static let plainRow = 500.0
    /// Bytes of a row where its number is not known.
    private static let usualRow = 200.0

    /// Seconds to read columns in full.
    func seconds(of columns: [Column]) -> Double {
        let expensive = columns.filter { !$0.family.sizeIsInHeader }
        return Self.overhead + scanSeconds(columns.count) + textSeconds(of: expensive)
    }

    /// Seconds for the heap and for what the headers in it say of some columns.
    private func scanSeconds(_ columns: Int) -> Double {
        heapBytes / Self.heapRate + rows * (Self.rowSeconds + Double(columns) * Self.headerSeconds)
    }

    /// How many times less, and more, making text may take than its price says; some blocks tell it.
    ///
    /// Values that are stored without compression are read six times as fast, and those that compress 80 times take twelve
    /// times as long (measured).
    private static let (fastest, slowest) = (1 / 6.0, 12.0)
    private static let (fastestProbed, slowestProbed) = (0.7, 1.5)

    /// The least and the most that a price may turn out to be.
    ///
    /// - Parameter text: the seconds of it that making text takes.
    private func range(of seconds: Double, text: Double, of columns: [Column]) -> ClosedRange<Double> {
        let isProbed = hasProbe(of: columns)
        let least = isProbed ? Self.fastestProbed : Self.fastest
        let most = isProbed ? Self.slowestProbed : Self.slowest
        let rest = max(0, seconds - text)
        return rest + text * least...rest + text * most
    }

    private func hasProbe(of columns: [Column]) -> Bool {
        columns.allSatisfy { probe?.seconds[$0.number] != nil }
    }

    /// Whether it depends on how values are stored if a column is read in a time or not.
    func isUnsure(_ column: Column, within seconds: Double) -> Bool {
        guard !column.family.sizeIsInHeader, !hasProbe(of: [column]) else { return false }
        let text = textSeconds(of: [column])
        let rest = self.seconds(of: [column]) - text
        return rest + text * Self.fastest <= seconds && rest + text * Self.slowest > seconds
    }

    /// Seconds to decompress and to print the values of columns.
    private func textSeconds(of columns: [Column]) -> Double {
        if !columns.isEmpty, let probe, hasProbe(of: columns) {
            let drawn = columns.reduce(0) { $0 + (probe.seconds[$1.number] ?? 0) }
            return drawn * Double(relation.blocks) / Double(probe.blocks)
        }
        guard let dearest = columns.map(rate).min() else { return 0 }
        let isRead = columns.allSatisfy { $0.family == .json } ? shareOfTOAST(of: columns) : 1
        let stored = heapBytes + Double(relation.toastBytes) * isRead
        return stored / dearest + rows * Double(columns.count) * Self.valueSeconds
    }

    /// Stored bytes per second.
    private func rate(_ column: Column) -> Double {
        switch column.family {
        // json is stored as its text.
        case .json: 300e6
        case .hstore, .number, .bits, .range: 400e6
        case .jsonb where relation.toastBytes == 0 && heapBytes < rows * Self.plainRow: 300e6
        default: 110e6
        }
    }

    /// How much of the time that making the text of json outside its rows takes, where headers tell some of the sizes.
    private func shareOfTOAST(of columns: [Column]) -> Double {
        switch relation.headers {
        case .content: 0.25
        case .place: columns.allSatisfy { $0.storage == .external } ? 0 : 1
        case .compression: columns.allSatisfy { $0.storage == .external } ? 0.6 : 1
        case nil: 1
        }
    }

    /// The price of a plan for all columns.
    ///
    /// - Parameter histogram: the sample that histograms are counted from, where the scan finds large sizes only.
    func price(
        of columns: [TablePlan.ColumnPlan], sample: SampleDesign, histogram: SampleDesign? = nil
    ) -> TablePlan.Price {
        let full = columns.filter { $0.method == .full }.map(\.column)
        let twoPhase = columns.filter { $0.method == .twoPhase }.map(\.column)
        let sampled = columns.filter { $0.method == .sample }.map(\.column)
        let share = sampled.isEmpty ? 0 : sample.percent / 100
        let isScanned = !full.isEmpty || !twoPhase.isEmpty
        var seconds = isScanned ? self.seconds(of: full) : 0
        var blocks = isScanned ? relation.blocks : 0
        if let histogram, isScanned { seconds *= Self.tailShare + histogram.percent / 100 }
        seconds += rows * Double(twoPhase.count) * Self.headerSeconds
        for column in twoPhase { seconds += secondPhase(of: column) }
        if !sampled.isEmpty {
            seconds += self.seconds(of: sampled) * share + drawing(sample, sampled.count)
            let visited = Double(relation.blocks) * (sample.method == .bernoulli ? 1 : share)
            blocks += Int(visited.rounded(.up))
        }
        if columns.contains(where: { $0.method == .bound }) {
            seconds += boundSeconds
            if let histogram {
                let drawn = columns.count { $0.method == .bound }
                seconds += self.seconds(of: []) * histogram.percent / 100 + drawing(histogram, drawn)
                blocks += histogram.drawn(of: relation.blocks).count
            }
        }
        let measured = relation.estimatedRows.map { isScanned ? $0 : $0 * share }
        let made = (full + sampled).filter { !$0.family.sizeIsInHeader }
        let text =
            textSeconds(of: full.filter { !$0.family.sizeIsInHeader })
            + textSeconds(of: sampled.filter { !$0.family.sizeIsInHeader }) * share
            + twoPhase.reduce(0) { $0 + secondPhase(of: $1) }
        return TablePlan.Price(
            blocks: blocks, rows: measured, seconds: seconds,
            range: range(of: seconds, text: text, of: made + twoPhase))
    }

    /// Seconds for the index of the TOAST relation, and for the first chunk of each value, at most.
    ///
    /// How many values there are is not known: of a few chunks each there are most, and how few of them can be the largest
    /// only the index tells.
    private var boundSeconds: Double {
        let chunks = Double(relation.toastBytes) / Self.chunkBytes
        let unseen = relation.isTOASTMostlyUnseen == true ? Self.unseenChunkSeconds : 0
        return Self.overhead + chunks * (Self.chunkSeconds + unseen)
    }

    private var heapBytes: Double { Double(relation.blocks) * Double(blockSize) }

    private var rows: Double { relation.estimatedRows ?? heapBytes / Self.usualRow }

    /// Seconds to find the rows of a sample, beyond those for their sizes.
    private func drawing(_ sample: SampleDesign, _ columns: Int) -> Double {
        let blocks = Double(relation.blocks) * sample.percent / 100
        let sent = rows * sample.percent / 100 * Self.sentRowSeconds
        return switch sample.method {
        case .blocks: blocks * Double(columns) * Self.drawnBlockSeconds
        case .system: sent
        case .bernoulli: sent + heapBytes / Self.heapRate
        }
    }

    /// Some 3,000 rows are read in full, of which the largest 1,000 may hold four times what others do, and up to 10,000 compressed
    /// ones.
    private func secondPhase(of column: Column) -> Double {
        textSeconds(of: [column]) * min(1, (12_000 + 4 * 1_000) / max(1, rows))
    }
}
