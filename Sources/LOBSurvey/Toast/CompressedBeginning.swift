import LOBProfile
import SizeStatistics

/// The first bytes of a value as it is stored in chunks, taken for those of a compressed one.
///
/// Whether it is one is only known to its row. A value that is not compressed may begin with any bytes, so what can be a
/// compressed value is taken for one; what cannot be is certainly none.
struct CompressedBeginning {
    /// The size of the value before it was compressed, of 30 bits.
    let rawSize: Int64
    private let method: Method
    private let stream: ArraySlice<UInt8>

    /// How it is compressed, by the two bits above the size.
    enum Method: UInt8 {
        case pglz = 0
        case lz4 = 1

        /// How much larger than its stored form a value can be.
        var expansion: Int64 {
            switch self {
            case .pglz: Int64(TwoPhaseEstimate.pglzExpansion)
            case .lz4: SizeBound.expansion
            }
        }
    }

    /// Takes bytes apart; nil where no method has such a header.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count >= Self.headerSize else { return nil }
        let header = bytes.prefix(Self.headerSize).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard let method = Method(rawValue: UInt8(header >> 30)) else { return nil }
        self.method = method
        rawSize = Int64(header & 0x3FFF_FFFF)
        stream = bytes.dropFirst(Self.headerSize)
    }

    /// Bytes of the header.
    private static let headerSize = 4

    /// Whether it may be the beginning of a compressed value that is stored in so many chunks.
    ///
    /// Values are compressed only where that makes them smaller.
    func isPossible(chunks: Int64, of chunkSize: Int64) -> Bool {
        rawSize > (chunks - 1) * chunkSize && rawSize <= chunks * chunkSize * method.expansion && isStream
    }

    /// Whether the bytes can be those of a compressed stream: each reference leads back to what is there already.
    var isStream: Bool {
        switch method {
        case .pglz: isPGLZ
        case .lz4: isLZ4
        }
    }

    /// A control byte says of eight items, from its lowest bit on, which are references: of two bytes or three.
    private var isPGLZ: Bool {
        var bytes = ByteReader(stream)
        var written = 0
        while let control = bytes.next() {
            for bit in 0..<8 {
                guard let first = bytes.next() else { return true }
                guard control >> bit & 1 == 1 else {
                    written += 1
                    continue
                }
                guard let second = bytes.next() else { return true }
                let distance = Int(first & 0xF0) << 4 | Int(second)
                guard (1...max(written, 1)).contains(distance), written > 0 else { return false }
                var length = Int(first & 0x0F) + 3
                if length == 18 {
                    guard let more = bytes.next() else { return true }
                    length += Int(more)
                }
                written += length
            }
        }
        return true
    }

    /// A token says how many bytes follow as they are, then how far back and how long a reference is.
    private var isLZ4: Bool {
        var bytes = ByteReader(stream)
        var written = 0
        while let token = bytes.next() {
            guard let literals = bytes.length(from: token >> 4), bytes.skip(literals) else { return true }
            written += literals
            guard let low = bytes.next(), let high = bytes.next() else { return true }
            let distance = Int(high) << 8 | Int(low)
            guard distance > 0, distance <= written else { return false }
            guard let length = bytes.length(from: token & 0x0F) else { return true }
            written += length + 4
        }
        return true
    }

    /// Reads bytes one after the other.
    private struct ByteReader {
        private var rest: ArraySlice<UInt8>

        init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

        mutating func next() -> UInt8? { rest.popFirst() }

        /// False where there are not so many.
        mutating func skip(_ count: Int) -> Bool {
            guard rest.count >= count else { return false }
            rest.removeFirst(count)
            return true
        }

        /// A length of LZ4: 15 goes on in the next bytes, as long as they are 255.
        mutating func length(from nibble: UInt8) -> Int? {
            var length = Int(nibble)
            guard nibble == 15 else { return length }
            while let more = next() {
                length += Int(more)
                if more < 255 { return length }
            }
            return nil
        }
    }
}
