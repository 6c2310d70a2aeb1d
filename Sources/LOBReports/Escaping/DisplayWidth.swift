/// How many cells of a terminal text takes.
enum DisplayWidth {
    /// The cells of a text without unseen characters.
    static func of(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + cells(of: $1) }
    }

    /// The cells of one character: 0 for a mark that combines with the one before, 2 for wide ones.
    static func cells(of scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        if medialAndFinalJamo.contains(scalar.value) { return 0 }
        return scalar.properties.isEmojiPresentation || wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }

    /// The longest beginning that fits so many cells.
    static func prefix(of text: String, cells limit: Int) -> String {
        var output = String.UnicodeScalarView()
        var used = 0
        for scalar in text.unicodeScalars {
            used += cells(of: scalar)
            guard used <= limit else { break }
            output.append(scalar)
        }
        return String(output)
    }

    private static let medialAndFinalJamo: ClosedRange<UInt32> = 0x1160...0x11FF

    /// East Asian Wide and Fullwidth (Unicode Standard Annex 11), to the block.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
        0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF,
        0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]
}
