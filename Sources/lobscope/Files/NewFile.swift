import Foundation
import LOBStore
import SystemPackage

/// A file that a person named and that must not be there yet.
struct NewFile {
    let path: String
    private let folder: String
    private let name: String

    /// Checks the path before the work that the file is for.
    ///
    /// - Throws: `CommandFailure` where something is there already, or the folder is not.
    init(_ path: String) throws(CommandFailure) {
        let file = FilePath(path)
        guard let name = file.lastComponent?.string else {
            throw CommandFailure("\"\(path)\" is not the name of a file")
        }
        let folder = file.removingLastComponent().string
        self.path = path
        self.name = name
        self.folder = folder.isEmpty ? "." : folder
        guard (try? FileManager.default.attributesOfItem(atPath: path)) == nil else {
            throw CommandFailure("\"\(path)\" exists already\nhint: name a new file")
        }
        guard (try? FileManager.default.contentsOfDirectory(atPath: self.folder)) != nil else {
            throw CommandFailure("\"\(self.folder)\" is not a folder\nhint: create it first")
        }
    }

    /// Writes the file for its owner only (0600), whole or not at all.
    ///
    /// - Throws: `CommandFailure` where it cannot be written.
    func write(_ bytes: [UInt8]) throws(CommandFailure) {
        do throws(StoreError) {
            try DurableFile.write(bytes, named: name, in: folder)
        } catch {
            throw CommandFailure(error)
        }
    }
}
