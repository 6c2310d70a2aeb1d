import Foundation
import SystemPackage

/// Folders that the store makes.
enum Folder {
    /// Makes a folder and those above it that are missing, each for its owner only (0700), and flushes their names.
    static func make(_ path: String) throws(StoreError) {
        if let type = try SystemCall.type(of: path) {
            guard type == .directory else {
                throw StoreError(path, .system(.create, code: Errno.notDirectory.rawValue))
            }
            return
        }
        let parent = FilePath(path).removingLastComponent()
        let above = parent.isEmpty ? "." : parent.string
        try make(above)
        do {
            try SystemCall.makeFolder(path)
        } catch {
            // Another process may have made it meanwhile.
            guard error.problem == .system(.create, code: Errno.fileExists.rawValue) else { throw error }
        }
        try OpenFile.folder(above).synchronize()
    }

    static func checkWritable(_ path: String) throws(StoreError) {
        guard FileManager.default.isWritableFile(atPath: path) else {
            throw StoreError(path, .system(.create, code: Errno.permissionDenied.rawValue))
        }
    }
}
