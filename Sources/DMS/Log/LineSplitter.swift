/// Divides a stream of bytes into lines, whatever pieces it arrives in: at LF, with a CR before it left out.
///
/// A line that is too long is cut there and reported as such, so that a log without line breaks cannot
/// take all memory.
package struct LineSplitter {
    /// The most bytes of a line that are kept.
    package static let longestLine = 1 << 20

    /// A line without its end.
    struct Line: Equatable {
        let bytes: [UInt8]
        /// Whether bytes of it are missing.
        let isCut: Bool
    }

    private var pending: [UInt8] = []
    private var isCut = false
    private var hasPending = false

    /// Takes more bytes and gives every line that they complete.
    mutating func take(_ bytes: some Sequence<UInt8>, line: (Line) -> Void) {
        for byte in bytes {
            guard byte != UInt8(ascii: "\n") else {
                line(takeLine())
                continue
            }
            hasPending = true
            if pending.count < Self.longestLine { pending.append(byte) } else { isCut = true }
        }
    }

    /// Gives the last line where it had no end.
    mutating func finish(line: (Line) -> Void) {
        if hasPending { line(takeLine()) }
    }

    private mutating func takeLine() -> Line {
        defer { (pending, isCut, hasPending) = ([], false, false) }
        if pending.last == UInt8(ascii: "\r"), !isCut { pending.removeLast() }
        return Line(bytes: pending, isCut: isCut)
    }
}
