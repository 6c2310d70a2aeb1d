/// How fine the data of a column is: a report of thousands of columns must still open, and be sent by mail.
struct HTMLDetail {
    /// Buckets for sizes from 8 KiB on, from one power of two to the next; a power of two.
    let bucketsPerOctave: Int64
    /// Buckets for smaller sizes.
    let bucketsPerSmallOctave: Int64 = 4
    /// How many of the largest sizes are counted exactly.
    let topSizes: Int
    /// How many sizes of each octave the tail is given at: 1 or 2.
    let tailPointsPerOctave: Int
    /// Each limit up to this many KB has its estimate of what it cuts.
    let eachSizeUpTo: Int
    /// From one limit with an estimate to the next; over 1.
    let cutSizeRatio: Double

    /// The detail for a report of so many columns.
    init(columns: Int) {
        let isFine = columns <= ReportTables.fewColumns
        bucketsPerOctave = isFine ? 32 : 8
        topSizes = isFine ? 64 : 16
        tailPointsPerOctave = isFine ? 2 : 1
        eachSizeUpTo = isFine ? 64 : 1
        cutSizeRatio = isFine ? 1.09 : 1.41
    }
}
