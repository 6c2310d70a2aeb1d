#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The files that the demo loads, found in folders that packages own.
///
/// No home, no temporary folder and nothing that others may not read; symbolic links are not followed.
struct DemoFiles: Sendable {
    /// The files of each kind, in the order of their paths' bytes.
    let byKind: [DemoFile.Kind: [DemoFile]]
    /// All files, in the order of their paths' bytes.
    let all: [DemoFile]

    /// The folders that are searched.
    static let folders = [
        "/usr/include", "/usr/lib/python3", "/usr/lib/python3.*", "/usr/lib/*/perl", "/usr/lib/*/perl-base",
        "/usr/share", "/var/lib/dpkg/info",
    ]

    /// The list of installed packages on Debian and its descendants.
    static let packageList = "/var/lib/dpkg/status"

    /// The largest file that is looked at, in bytes.
    static let largest = 16 << 20

    /// Searches the folders.
    static func collect() -> DemoFiles {
        var search = DemoFileSearch()
        for folder in folders.flatMap(DemoFileSearch.expand) {
            search.visit(folder)
        }
        return DemoFiles(search.found)
    }

    init(_ found: [DemoFile]) {
        all = found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        byKind = Dictionary(grouping: all, by: \.kind)
    }

    subscript(kind: DemoFile.Kind) -> [DemoFile] { byKind[kind] ?? [] }
}

/// A walk through folders that stays on regular, world-readable files.
struct DemoFileSearch {
    private(set) var found: [DemoFile] = []

    /// Adds the files below a folder.
    mutating func visit(_ folder: String) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
        for name in names {
            let path = folder + "/" + name
            let kind = DemoFile.Kind(path: path)
            guard kind != nil || Self.mayBeFolder(name),
                let attributes = try? FileManager.default.attributesOfItem(atPath: path),
                let permissions = Self.number(attributes[.posixPermissions]), permissions & 0o004 != 0
            else { continue }
            switch attributes[.type] as? FileAttributeType {
            case .typeDirectory:
                visit(path)
            case .typeRegular:
                guard let kind, let size = Self.number(attributes[.size]),
                    (1...DemoFiles.largest).contains(size)
                else { continue }
                let modified = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
                found.append(DemoFile(path: path, size: size, modified: Int(modified), kind: kind))
            default: continue
            }
        }
    }

    /// An attribute's number: Foundation gives an `NSNumber`, FoundationEssentials alone gives a `UInt`.
    private static func number(_ value: Any?) -> Int? {
        if let number = value as? UInt { return Int(exactly: number) }
        return value as? Int
    }

    /// Folders rarely have a long extension; asking the system about every library would take longer.
    private static func mayBeFolder(_ name: String) -> Bool {
        for suffix in [".so", ".a", ".yaml", ".ttf", ".jar", ".symbols", ".list", ".md5sums"] {
            if name.utf8.reversed().starts(with: suffix.utf8.reversed()) { return false }
        }
        return true
    }

    /// The folders that a pattern means; one `*` in one part of the path stands for any name's rest.
    static func expand(_ pattern: String) -> [String] {
        let star = UInt8(ascii: "*")
        let slash = UInt8(ascii: "/")
        let bytes = Array(pattern.utf8)
        guard let position = bytes.firstIndex(of: star),
            let cut = bytes[..<position].lastIndex(of: slash)
        else { return [pattern] }
        let parent = String(decoding: bytes[..<cut], as: UTF8.self)
        let prefix = bytes[(cut + 1)..<position]
        let rest = String(decoding: bytes[(position + 1)...], as: UTF8.self)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        return names.filter { $0.utf8.starts(with: prefix) }.sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        .map { parent + "/" + $0 + rest }
        .filter { isFolder($0) }
    }

    private static func isFolder(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.type] as? FileAttributeType == .typeDirectory
    }
}
