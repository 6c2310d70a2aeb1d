/// Characters that are not seen, or that change what is seen around them: controls, C1, bidirectional,
/// zero-width, variation selectors and tags, line and paragraph separators, and every space but the ordinary
/// one, for which it would be taken; and the two that XML forbids.
///
/// The ranges are written out, not asked of the Unicode tables of the runtime: the same snapshot gives the same
/// bytes with every version of Swift.
package enum UnseenScalar {
    /// Whether a character must be escaped before a person sees it.
    package static func contains(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) }
    }

    private static let ranges: [ClosedRange<UInt32>] = [
        0x00...0x1F, 0x7F...0xA0, 0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x115F...0x1160, 0x17B4...0x17B5,
        0x1680...0x1680, 0x180B...0x180F, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x2800...0x2800,
        0x3000...0x3000, 0x3164...0x3164, 0xFE00...0xFE0F,
        0xFEFF...0xFEFF, 0xFFA0...0xFFA0, 0xFFF0...0xFFFB, 0xFFFE...0xFFFF, 0x1BCA0...0x1BCA3,
        0x1D173...0x1D17A,
        0xE0000...0xE0FFF,
    ]
}
