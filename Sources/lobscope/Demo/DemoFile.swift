#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A regular, world-readable file of the system, by its path, size and time.
struct DemoFile: Sendable {
    let path: String
    /// Size in bytes when the folder was read.
    let size: Int
    /// Seconds since 1970 when the file last changed.
    let modified: Int
    /// What the file is good for.
    let kind: Kind

    enum Kind: Sendable, CaseIterable {
        case document, header, python, perl, otherSource, json, markup, changelog, manual, binary
    }

    /// The file's bytes, or nil when it has gone or cannot be read.
    func bytes() -> [UInt8]? {
        FileManager.default.contents(atPath: path).map(Array.init)
    }

    /// The file's bytes when PostgreSQL takes them as UTF-8 text: valid, and without a zero byte.
    func text() -> [UInt8]? {
        guard let bytes = bytes(), !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil
        else { return nil }
        return bytes
    }

    /// The folder below `/usr/share/doc`, which is the package's name, or the first folder of the path.
    var package: String {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"))
        let isDocumentation = path.utf8.starts(with: "/usr/share/doc/".utf8)
        let part = isDocumentation && parts.count > 3 ? parts[3] : parts.first
        return part.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

extension DemoFile.Kind {
    /// The kind of a file by its path, or nil for one that the demo does not load.
    init?(path: String) {
        let bytes = path.utf8
        func ends(_ suffix: String) -> Bool { bytes.reversed().starts(with: suffix.utf8.reversed()) }
        func begins(_ prefix: String) -> Bool { bytes.starts(with: prefix.utf8) }
        switch true {
        case begins("/usr/share/doc/") && ends(".gz"): self = .changelog
        case begins("/usr/share/man/"): self = .manual
        case ends(".json"): self = .json
        case ends(".xml") || ends(".svg"): self = .markup
        case ends(".h") || ends(".hpp"): self = .header
        case ends(".py"): self = .python
        case ends(".pl") || ends(".pm"): self = .perl
        case ends(".js") || ends(".tcl") || ends(".vim") || ends(".sql") || ends(".c") || ends(".sh"):
            self = .otherSource
        case ends(".mo") || ends(".png") || ends(".pyc") || ends(".gz") || begins("/usr/share/zoneinfo/"):
            self = .binary
        case begins("/usr/share/doc/") || ends(".txt") || ends(".md") || ends(".rst") || ends(".html"):
            self = .document
        case begins("/usr/share/i18n/") || begins("/var/lib/dpkg/info/"): self = .document
        default: return nil
        }
    }
}
