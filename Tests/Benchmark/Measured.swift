/// One line of the report: a target and what was measured.
struct Measured {
    /// The row of the table of targets.
    let row: Int
    let work: String
    let against: String
    /// Medians of both sides, for people.
    let ours: String
    let theirs: String
    /// What is compared with ``limit``; not a number where it could not be measured.
    let value: Double
    let limit: Double
    /// The least that is allowed; nil for any.
    let least: Double?
    let unit: Unit

    enum Unit: String {
        case ratio = "x"
        case seconds = "s"
        case milliseconds = "ms"
        case mebibytes = "MiB"
        case megabytes = "MB"
        case percent = "%"
    }

    /// A comparison of two times.
    init(
        _ row: Int, _ work: String, against: String, _ pairs: Pairs, atMost limit: Double,
        atLeast least: Double? = nil
    ) {
        self.row = row
        self.work = work
        self.against = against
        ours = Self.time(pairs.ours.median)
        theirs = Self.time(pairs.theirs.median)
        value = pairs.ratio
        self.limit = limit
        self.least = least
        unit = .ratio
    }

    /// A figure by itself.
    init(_ row: Int, _ work: String, against: String = "", value: Double, atMost limit: Double, _ unit: Unit)
    {
        self.row = row
        self.work = work
        self.against = against
        ours = ""
        theirs = ""
        self.value = value
        self.limit = limit
        least = nil
        self.unit = unit
    }

    /// Whether the target is reached; what was not measured does not.
    var isKept: Bool { value <= limit && least.map { value >= $0 } ?? true }

    private static func time(_ milliseconds: Double) -> String {
        milliseconds < 1000 ? milliseconds.fixed(1) + " ms" : (milliseconds / 1000).fixed(2) + " s"
    }
}

extension Double {
    /// So many digits after the point.
    func fixed(_ digits: Int) -> String {
        guard isFinite else { return "-" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let (whole, part) = Int((magnitude * scale).rounded()).quotientAndRemainder(dividingBy: Int(scale))
        let decimals = "\(part)"
        let sign = self < 0 ? "-" : ""
        return digits == 0
            ? "\(sign)\(whole)"
            : "\(sign)\(whole)." + String(repeating: "0", count: digits - decimals.count) + decimals
    }
}
