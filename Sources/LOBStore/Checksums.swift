/// A file of digests in the form of `sha256sum`, and the only form of it that is written here.
struct Checksums: Equatable, Sendable {
    /// The name of the file beside those that it lists.
    static let fileName = "SHA256SUMS"
    private static let separator = Array("  ".utf8)
    /// 16 MiB hold over 100,000 lines.
    private static let sizeLimit = 16 << 20

    /// A name relative to the folder, and the digest of the file.
    struct Line: Equatable, Sendable {
        let name: String
        let digest: String
    }

    private(set) var lines: [Line] = []

    init() {}

    /// Reads the file of a folder; nil when there is none.
    init?(in folder: String) throws(StoreError) {
        let path = folder + "/" + Self.fileName
        let bytes: [UInt8]
        do {
            bytes = try OpenFile.reading(path).content(limit: Self.sizeLimit)
        } catch {
            guard error.problem == .notFound else { throw error }
            return nil
        }
        for text in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let line = Self.line(text) else {
                throw StoreError(path, .damaged(reason: "a line is not a digest and a name"))
            }
            lines.append(line)
        }
    }

    private static func line(_ text: ArraySlice<UInt8>) -> Line? {
        let digest = text.prefix(64)
        let rest = text.dropFirst(64)
        guard digest.count == 64, rest.starts(with: separator), rest.count > separator.count else {
            return nil
        }
        return Line(
            name: String(decoding: rest.dropFirst(separator.count), as: UTF8.self),
            digest: String(decoding: digest, as: UTF8.self))
    }

    /// Adds a file, unless it is listed already.
    mutating func add(_ sum: SHA256Digest, named name: String) {
        guard digest(of: name) == nil else { return }
        lines.append(Line(name: name, digest: sum.hex))
    }

    /// The digest that is listed for a name.
    func digest(of name: String) -> String? {
        lines.first { $0.name.utf8.elementsEqual(name.utf8) }?.digest
    }

    /// The file, in the order of the names' bytes.
    var bytes: [UInt8] {
        lines.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            .flatMap { Array($0.digest.utf8) + Self.separator + Array($0.name.utf8) + [UInt8(ascii: "\n")] }
    }
}
