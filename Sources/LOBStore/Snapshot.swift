public import LOBProfile

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A profile that is stored in a file: one zstd frame around JSON with sorted keys.
public struct Snapshot: Sendable {
    /// What was measured.
    public let profile: Profile
    /// The SHA-256 of the JSON, in hexadecimal.
    public let digest: String
    /// Set when the file's name carries a digest that is not that of its content.
    public let warning: StoreError?

    /// A snapshot that is ready to be written.
    public struct Sealed: Sendable {
        /// The name of its file.
        public let name: String
        /// The bytes of its file.
        public let bytes: [UInt8]
        /// The SHA-256 of the JSON, in hexadecimal.
        public let digest: String
    }

    /// Turns a profile into the bytes and the name of a file; the same profile gives the same.
    ///
    /// - Throws: ``StoreError`` when the profile is too large to be read again.
    public static func seal(_ profile: Profile) throws(StoreError) -> Sealed {
        let json = try encode(profile)
        let sealed = try SnapshotFile.seal(
            json, database: profile.database.bytes, timestamp: UTCStamp(seconds: profile.startedAt).compact)
        return Sealed(name: sealed.name, bytes: sealed.frame, digest: sealed.digest)
    }

    /// Reads a snapshot, or the only one in a folder.
    ///
    /// - Throws: ``StoreError`` when there is none, or it is damaged, foreign, or of a newer version.
    public static func open(_ path: String) throws(StoreError) -> Snapshot {
        let file = try locate(path)
        return try decode(try SnapshotFile.open(file), path: file)
    }

    /// Reads the content of a snapshot's file.
    public static func decode(_ content: SnapshotFile.Content, path: String) throws(StoreError) -> Snapshot {
        let stored: Stored
        do {
            stored = try JSONDecoder().decode(Stored.self, from: Data(content.json))
        } catch {
            throw StoreError(path, .foreign(reason: "holds JSON of another kind"))
        }
        switch stored {
        case .profile(let profile):
            return Snapshot(profile: profile, digest: content.digest, warning: content.warning)
        case .newer(let format): throw StoreError(path, .newer(format: format))
        case .damaged: throw StoreError(path, .damaged(reason: "its content is not a profile"))
        }
    }

    /// What JSON with a format holds: its text is looked at once, however large it is.
    private enum Stored: Decodable {
        case profile(Profile)
        case newer(format: Int)
        case damaged

        private enum Key: CodingKey {
            case format
        }

        init(from decoder: any Decoder) throws {
            let format = try decoder.container(keyedBy: Key.self).decode(Int.self, forKey: .format)
            guard format <= Profile.currentFormat else {
                self = .newer(format: format)
                return
            }
            self = (try? Profile(from: decoder)).map(Self.profile) ?? .damaged
        }
    }

    private static func encode(_ profile: Profile) throws(StoreError) -> [UInt8] {
        do {
            return JSONValue.escapingUnseen(inDocument: try ProfileJSON.bytes(of: profile))
        } catch {
            throw StoreError(
                profile.database.losslessText, .damaged(reason: "the profile cannot be written as JSON"))
        }
    }

    /// The snapshot in a folder, where the path is one.
    private static func locate(_ path: String) throws(StoreError) -> String {
        guard let names = try? SnapshotListing.names(in: path) else { return path }
        guard let name = names.last else { throw StoreError(path, .empty) }
        guard names.count == 1 else { throw StoreError(path, .ambiguous(count: names.count)) }
        return path + "/" + name
    }
}
