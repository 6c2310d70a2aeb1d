public import Zstd

/// A snapshot as a file: JSON in one zstd frame, named after its content.
public enum SnapshotFile {
    /// A snapshot that is ready to be written.
    public struct Sealed: Hashable, Sendable {
        /// The name of its file.
        public let name: String
        /// The bytes of its file.
        public let frame: [UInt8]
        /// The SHA-256 of the JSON, in hexadecimal.
        public let digest: String
    }

    /// The content of a snapshot's file, whole and undamaged.
    public struct Content: Hashable, Sendable {
        /// The JSON, in UTF-8; it is an object and nests no deeper than 32, but is not parsed yet.
        public let json: [UInt8]
        /// The SHA-256 of the JSON, in hexadecimal.
        public let digest: String
        /// Set when the file's name has the form of a snapshot's, with a digest that is not that of the JSON.
        public let warning: StoreError?
    }

    /// Compresses and names JSON; the same JSON, database and time give the same file.
    ///
    /// - Parameters:
    ///   - json: An object in UTF-8.
    ///   - database: The exact bytes of the database's name.
    ///   - timestamp: When the profile was made, in UTC: `yyyyMMddTHHmmssZ`.
    /// - Throws: ``StoreError`` when the timestamp has another form, when ``open(_:limits:)`` would refuse the
    ///   result, or when libzstd fails.
    public static func seal(
        _ json: [UInt8], database: [UInt8], timestamp: String
    ) throws(StoreError) -> Sealed {
        let digest = SHA256Digest(of: json)
        guard let name = SnapshotName(database: database, timestamp: timestamp, digest: digest)?.fileName
        else {
            throw StoreError(timestamp, .invalidName)
        }
        try checkSize(json, name)
        try check(json, name)
        do {
            return Sealed(name: name, frame: try ZstdFrame.compress(json), digest: digest.hex)
        } catch {
            throw StoreError(name, problem(error))
        }
    }

    /// Reads the JSON of a snapshot.
    ///
    /// Only a regular file is opened, and nothing is allocated that the file merely claims to need.
    /// - Throws: ``StoreError``: not found, not a file, foreign, truncated, damaged, or too large.
    public static func open(_ path: String, limits: ZstdLimits = ZstdLimits()) throws(StoreError) -> Content {
        try content(of: try frame(at: path, limits), path, limits)
    }

    /// Reads the JSON of a snapshot, and takes everything for damage that differs from what was written.
    ///
    /// That is a name that does not match the content, and a file that differs from its line in the `SHA256SUMS`
    /// beside it. The latter alone covers every bit: a zstd frame has a few that mean nothing.
    public static func verify(_ path: String, limits: ZstdLimits = ZstdLimits()) throws(StoreError) -> Content
    {
        let frame = try frame(at: path, limits)
        let content = try content(of: frame, path, limits)
        if let warning = content.warning { throw warning }
        let (folder, name) = split(path)
        if let listed = try Checksums(in: folder)?.digest(of: name), listed != SHA256Digest(of: frame).hex {
            throw StoreError(path, .damaged(reason: "it differs from its line in \(Checksums.fileName)"))
        }
        return content
    }

    private static func frame(at path: String, _ limits: ZstdLimits) throws(StoreError) -> [UInt8] {
        // A frame is larger than what it holds by no more than a few bytes in each block.
        let content = Int(min(limits.contentSize, UInt64(Int.max / 2)))
        let largest = content + content / 64 + 64
        return try OpenFile.reading(path).content(limit: largest)
    }

    private static func content(
        of frame: [UInt8], _ path: String, _ limits: ZstdLimits
    ) throws(StoreError) -> Content {
        let json: [UInt8]
        do {
            json = try ZstdFrame.decompress(frame, limits: limits)
        } catch {
            throw StoreError(path, problem(error))
        }
        try check(json, path)
        let digest = SHA256Digest(of: json)
        return Content(json: json, digest: digest.hex, warning: mismatch(path, digest))
    }

    private static func mismatch(_ path: String, _ digest: SHA256Digest) -> StoreError? {
        guard let name = SnapshotName(fileName: split(path).name) else { return nil }
        let own = SnapshotName.digits(of: digest)
        return name.digest.utf8.elementsEqual(own.utf8) ? nil : StoreError(path, .misnamed(digest: own))
    }

    static func split(_ path: String) -> (folder: String, name: String) {
        let name = path.utf8.reversed().prefix { $0 != UInt8(ascii: "/") }.reversed()
        let folder = path.utf8.dropLast(name.count)
        if folder.isEmpty { return (".", String(decoding: name, as: UTF8.self)) }
        let bare = folder.count > 1 ? folder.dropLast() : folder
        return (String(decoding: bare, as: UTF8.self), String(decoding: name, as: UTF8.self))
    }

    private static func checkSize(_ json: [UInt8], _ path: String) throws(StoreError) {
        let limit = ZstdLimits().contentSize
        guard UInt64(json.count) <= limit else {
            throw StoreError(
                path, .tooLarge(reason: "has \(json.count) bytes of JSON; the limit is \(limit)"))
        }
    }

    private static func check(_ json: [UInt8], _ path: String) throws(StoreError) {
        do {
            try JSONDepth.check(json)
        } catch {
            switch error {
            case .notAnObject: throw StoreError(path, .foreign(reason: "holds no JSON object"))
            case .notUTF8: throw StoreError(path, .foreign(reason: "holds NUL bytes"))
            case .tooDeep(let limit): throw StoreError(path, .foreign(reason: "nests deeper than \(limit)"))
            }
        }
    }

    private static func problem(_ error: ZstdError) -> StoreError.Problem {
        switch error {
        case .notAFrame, .unsupported: .foreign(reason: "\(error)")
        case .truncated: .truncated
        case .damaged(let reason): .damaged(reason: reason)
        case .trailingBytes(let count): .damaged(reason: "\(count) bytes follow its end")
        case .contentTooLarge, .windowTooLarge, .inflatesTooMuch: .tooLarge(reason: "\(error)")
        case .library: .foreign(reason: "\(error)")
        }
    }
}
