/// What was true of the server and the session while a profile was taken.
public struct ServerFacts: Sendable, Codable, Equatable {
    /// `server_version_num`, for example 150018.
    public let version: Int
    /// Whether the server is in recovery (a replica).
    public let isReplica: Bool
    /// `server_encoding`, for example `UTF8`.
    public let encoding: String
    /// Bytes in a block, usually 8,192.
    public let blockSize: Int
    /// The role that measured.
    public let role: Identifier
    /// The cluster's system identifier, where the role may read it; tells two clusters apart.
    public let systemIdentifier: String?
    /// Whether blocks carry checksums: then a first read writes hint bits to the WAL.
    public let hasDataChecksums: Bool
    /// The publications of the database; nil in profiles of versions that did not look.
    public let publications: [Identifier]?
    /// Blocks in shared_buffers; nil in profiles of versions that did not look.
    public let sharedBuffers: Int?
    /// The libraries that may be output plugins of new slots, `output_plugin_libraries` of minor releases since August 2026;
    /// nil where the server has no such setting and allows all, or the role may not read it.
    public let outputPlugins: [String]?
    /// Whether somebody on the way could have posed as the server: over a network, with a certificate that was not
    /// verified; nil in profiles of versions that did not look.
    public package(set) var isLinkUnverified: Bool?
    /// Tables that are left out because their names begin with `awsdms_`, as those of DMS itself do; nil where nobody looked.
    public package(set) var tablesOfDMS: [RelationName]?
    /// What lets the role do more than read; nil where nothing does, and where no table would run code of others.
    public package(set) var rolePower: RolePower?
    /// What decides whether changes can be captured; nil in profiles of versions that did not look.
    public let replication: ReplicationFacts?

    /// Creates the facts.
    public init(
        version: Int, isReplica: Bool, encoding: String, blockSize: Int, role: Identifier,
        systemIdentifier: String?, hasDataChecksums: Bool, publications: [Identifier]? = nil,
        sharedBuffers: Int? = nil, outputPlugins: [String]? = nil, isLinkUnverified: Bool? = nil,
        rolePower: RolePower? = nil, tablesOfDMS: [RelationName]? = nil, replication: ReplicationFacts? = nil
    ) {
        self.replication = replication
        self.tablesOfDMS = tablesOfDMS
        self.version = version
        self.isReplica = isReplica
        self.encoding = encoding
        self.blockSize = blockSize
        self.role = role
        self.systemIdentifier = systemIdentifier
        self.hasDataChecksums = hasDataChecksums
        self.publications = publications
        self.sharedBuffers = sharedBuffers
        self.outputPlugins = outputPlugins
        self.isLinkUnverified = isLinkUnverified
        self.rolePower = rolePower
    }

    /// The most UTF-8 bytes that a byte of character data can become (1 for UTF8, 2 for the EUC
    /// encodings, 3 for single-byte ones and for SQL_ASCII, whose meaning is unknown).
    public var utf8BytesPerByte: Int64 {
        if encoding == "UTF8" { return 1 }
        return encoding.utf8.starts(with: "EUC_".utf8) ? 2 : 3
    }
}

extension ServerFacts {
    /// The names in the value of `output_plugin_libraries`: separated by commas, in double quotes where they hold more than letters.
    public static func libraries(_ value: String) -> [String] {
        var names: [[UInt8]] = [[]]
        var isQuoted = false
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted: names.append([])
            case UInt8(ascii: " ") where !isQuoted: continue
            default: names[names.count - 1].append(byte)
            }
        }
        return names.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
    }
}
