/// The lines of a `postgresql.conf`.
struct ServerSettings {
    /// Fast to start and not meant to survive a crash of the machine.
    static let defaults = [
        "autovacuum": "off",
        "fsync": "off",
        "full_page_writes": "off",
        "hot_standby": "on",
        "lc_messages": "C",
        "log_timezone": "UTC",
        "max_connections": "100",
        "max_wal_size": "4GB",
        "shared_buffers": "128MB",
        "synchronous_commit": "off",
        "timezone": "UTC",
        "wal_level": "logical",
    ]

    var values: [String: String]

    /// The file's text, sorted by name; later lines of a configuration file win over earlier ones.
    func lines() throws(ClusterError) -> [UInt8] {
        var bytes: [UInt8] = []
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte) else { throw .invalidSetting(name) }
            bytes += Array(name.utf8) + Array(" = '".utf8)
            for byte in value.utf8 {
                guard byte >= 0x20 else { throw .invalidSetting(name) }
                if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\") { bytes.append(byte) }
                bytes.append(byte)
            }
            bytes += Array("'\n".utf8)
        }
        return bytes
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
