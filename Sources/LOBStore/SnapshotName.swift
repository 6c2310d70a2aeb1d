/// The name of a snapshot's file: `<database>-<timestamp>-<digest>.json.zst`.
public struct SnapshotName: Hashable, Sendable {
    /// The name of the database as a portable file name.
    public let database: String
    /// When the profile was made, in UTC: `yyyyMMddTHHmmssZ`.
    public let timestamp: String
    /// The first 12 hexadecimal digits of the SHA-256 of the JSON.
    public let digest: String

    /// What every snapshot's name ends in.
    public static let suffix = ".json.zst"
    static let digestLength = 12
    private static let timestampLength = 16

    /// Names a snapshot; nil when the timestamp has another form.
    ///
    /// - Parameter digest: of the JSON.
    public init?(database: [UInt8], timestamp: String, digest: SHA256Digest) {
        guard Self.isTimestamp(Array(timestamp.utf8)) else { return nil }
        self.database = FileName.portable(database)
        self.timestamp = timestamp
        self.digest = Self.digits(of: digest)
    }

    /// Takes the name of a file apart; nil when it has another form, as after renaming.
    public init?(fileName: String) {
        let bytes = Array(fileName.utf8)
        let suffix = Array(Self.suffix.utf8)
        let length = bytes.count - suffix.count
        let digestStart = length - Self.digestLength
        let timestampStart = digestStart - 1 - Self.timestampLength
        guard timestampStart >= 2, bytes[length...].elementsEqual(suffix) else { return nil }
        let dash = UInt8(ascii: "-")
        guard bytes[digestStart - 1] == dash, bytes[timestampStart - 1] == dash else { return nil }
        let timestamp = Array(bytes[timestampStart..<digestStart - 1])
        let digest = bytes[digestStart..<length]
        guard Self.isTimestamp(timestamp), digest.allSatisfy(Self.isHexDigit) else { return nil }
        database = String(decoding: bytes[..<(timestampStart - 1)], as: UTF8.self)
        self.timestamp = String(decoding: timestamp, as: UTF8.self)
        self.digest = String(decoding: digest, as: UTF8.self)
    }

    /// The name of the file.
    public var fileName: String {
        database + "-" + timestamp + "-" + digest + Self.suffix
    }

    /// The digits of a digest that a name has.
    static func digits(of digest: SHA256Digest) -> String {
        String(decoding: digest.hex.utf8.prefix(digestLength), as: UTF8.self)
    }

    private static func isTimestamp(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == timestampLength else { return false }
        return bytes.enumerated().allSatisfy { index, byte in
            switch index {
            case 8: byte == UInt8(ascii: "T")
            case 15: byte == UInt8(ascii: "Z")
            default: (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
