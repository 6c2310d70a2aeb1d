/// Integers in network byte order.
enum BigEndian {
    /// Up to eight bytes as an unsigned number.
    static func unsigned(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var value: UInt64 = 0
        for index in bytes.indices { value = value << 8 | UInt64(unsafe bytes[index]) }
        return value
    }

    /// Two bytes at an offset; nil if they are not all there.
    static func int16(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int16? {
        guard offset >= 0, bytes.count - offset >= 2 else { return nil }
        return Int16(bigEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Int16.self))
    }

    /// Four bytes at an offset; nil if they are not all there.
    static func int32(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int32? {
        guard offset >= 0, bytes.count - offset >= 4 else { return nil }
        return Int32(bigEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self))
    }
}
