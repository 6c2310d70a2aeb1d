import RealModule

/// A table as it would lie in PostgreSQL: rows in order, in heap pages of 8 KiB.
struct Population {
    let sizes: [Int64]
    /// The first row of each page.
    let pages: [Int]

    /// A contiguous part of a data set, from 1/6 of its rows (at least 800) to all, so that its largest varies.
    init(partOf set: SizeSet, _ random: inout SplitMix64) {
        let all = Double(set.sizes.count)
        let least = min(all, max(800, all / 6))
        let count = Int(Double.exp(.log(least) + random.uniform() * (.log(all) - .log(least))))
        let start = random.below(set.sizes.count - count + 1)
        self.init(Array(set.sizes[start..<(start + count)]))
    }

    /// Values over 2,000 bytes are a pointer of 18 bytes; the rest of a row takes 148.
    init(_ sizes: [Int64]) {
        var pages: [Int] = []
        var room: Int64 = -1
        for (row, size) in sizes.enumerated() {
            let stored = 148 + (size <= 2000 ? size + 4 : 18)
            if room < stored {
                pages.append(row)
                room = 8168
            }
            room -= stored
        }
        self.sizes = sizes
        self.pages = pages
    }

    var largest: Int64 { sizes.max() ?? 0 }

    /// The rows of a page.
    func rows(ofPage page: Int) -> ArraySlice<Int64> {
        sizes[pages[page]..<(page + 1 < pages.count ? pages[page + 1] : sizes.count)]
    }
}
