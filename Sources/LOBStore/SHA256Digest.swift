import Crypto

/// The SHA-256 of bytes.
public struct SHA256Digest: Hashable, Sendable {
    /// The 64 lower-case hexadecimal digits.
    public let hex: String

    /// Computes the digest of bytes.
    public init(of bytes: [UInt8]) {
        self.init(SHA256.hash(data: bytes))
    }

    /// The digest of what was hashed piece by piece.
    init(_ digest: SHA256.Digest) {
        hex = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
