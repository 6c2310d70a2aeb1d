import Zstd

/// What an unfinished survey leaves in its report folder for another one to go on: JSON in one zstd frame.
public enum CheckpointFile {
    /// The file's name; it does not look like a snapshot's.
    public static let name = "checkpoint.zst"

    /// The bytes of the file.
    ///
    /// - Parameter json: an object in UTF-8.
    /// - Throws: ``StoreError`` when libzstd fails.
    public static func seal(_ json: [UInt8]) throws(StoreError) -> [UInt8] {
        do {
            return try ZstdFrame.compress(json, level: 3)
        } catch {
            throw StoreError(name, .damaged(reason: "it cannot be compressed: \(error)"))
        }
    }

    /// Whether a survey has left one in a report folder, whatever is in it.
    public static func isThere(in folder: String) -> Bool {
        ((try? SystemCall.names(in: folder)) ?? []).contains {
            $0.utf8.elementsEqual(name.utf8) || isKept($0)
        }
    }

    /// The JSON of the file in a report folder, or of the last one that a survey has kept while it ran; nil where there
    /// is none.
    ///
    /// - Throws: ``StoreError``: truncated, damaged, or too large.
    public static func open(in folder: String) throws(StoreError) -> [UInt8]? {
        let names = try SystemCall.names(in: folder)
        guard let last = names.contains(name) ? name : names.last(where: isKept) else { return nil }
        return try SnapshotFile.open(folder + "/" + last).json
    }

    /// The name of the file that a survey keeps while it runs, and replaces by one with the next number.
    static func keptName(_ number: Int) -> String {
        let digits = "\(number)"
        return prefix + String(repeating: "0", count: max(0, 9 - digits.count)) + digits + suffix
    }

    /// Whether a name is one of those.
    static func isKept(_ name: String) -> Bool {
        name.utf8.starts(with: prefix.utf8) && name.utf8.reversed().starts(with: suffix.utf8.reversed())
    }

    private static let prefix = "checkpoint-"
    private static let suffix = ".zst"
}
