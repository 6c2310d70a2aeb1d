/// Texts that libpq owns, copied out as bytes.
enum CText {
    /// The bytes before the NUL; empty for NULL.
    static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
        guard let text = unsafe text else { return [] }
        var count = 0
        while unsafe text[count] != 0 { count += 1 }
        return unsafe Array(UnsafeRawBufferPointer(start: text, count: count))
    }

    /// The text with everything that is not plainly visible escaped.
    static func visible(_ text: UnsafePointer<CChar>?) -> String {
        VisibleText.escaping(unsafe bytes(text))
    }
}
