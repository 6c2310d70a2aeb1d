/// What the report is and how to make it again.
struct Preface {
    let repetitions: Int
    let seed: UInt64
    let data: DataFolder
    let cases: Int

    var markdown: String {
        let rows = data.sizes.reduce(0) { $0 + $1.sizes.count }
        return """
            # Accuracy of the estimates

            Written by `script/calibrate \(repetitions) \(seed)` (repetitions, seed). Seeds are fixed: the same \
            command writes the same file, but for the times at its end.

            Data: \(data.sizes.count) real sets of sizes, \(rows) in all, in the order in which they were found \
            (files by kind, documentation, changelogs, package summaries, JSON, source code, git objects, logs), \
            and \(data.pairs.count) sets of (stored size in PostgreSQL 15, size of the text). They are in \
            `Tests/Calibration/Data`.

            Sampling: a repetition takes a contiguous part of a set, 1/6 to all of its rows, lays it out in heap \
            pages of 8 KiB, and samples 0.1, 1, 5 and 20 % of its rows and of its pages: \(cases) samples. \
            *Coverage* is the share of samples whose limit is at least the largest size of the whole part; \
            *provision* is limit over that size. Every set weighs the same. Samples of fewer than 50 rows or 20 \
            blocks are left out.


            """
    }
}
