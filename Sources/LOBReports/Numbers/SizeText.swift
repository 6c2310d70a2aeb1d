import SizeStatistics

/// Sizes for people.
enum SizeText {
    private static let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]

    /// The size in the largest unit that it fills, such as `900 B` or `324.0 KiB`.
    ///
    /// Rounded: the exact number of bytes stands elsewhere.
    static func rounded(_ size: ByteCount) -> String {
        var amount = Double(size.bytes)
        var unit = 0
        while amount >= 1023.95, unit < units.count - 1 {
            amount /= 1024
            unit += 1
        }
        return NumberText.decimal(amount, places: unit == 0 ? 0 : 1) + " " + units[unit]
    }

    /// The exact number of bytes, with the rounded size where that is easier to read.
    static func exact(_ size: ByteCount) -> String {
        let bytes = NumberText.grouped(Int(size.bytes)) + " B"
        return size.bytes < 1024 ? bytes : "\(bytes) (\(rounded(size)))"
    }
}
