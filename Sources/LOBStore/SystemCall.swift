import Foundation
import SystemPackage

/// Calls of the operating system, whose errors become errors of the store.
enum SystemCall {
    static func attempt<Value>(
        _ operation: StoreError.Operation, _ path: String, _ call: () throws -> Value
    ) throws(StoreError) -> Value {
        do {
            return try call()
        } catch {
            throw StoreError(path, .system(operation, code: code(of: error)))
        }
    }

    /// The `errno` behind an error of swift-system or Foundation.
    private static func code(of error: any Error) -> Int32 {
        if let error = error as? Errno { return error.rawValue }
        if let error = error as? POSIXError { return error.code.rawValue }
        if let underlying = (error as? CocoaError)?.underlying { return code(of: underlying) }
        let bridged = error as NSError
        if bridged.domain == NSPOSIXErrorDomain { return Int32(bridged.code) }
        if let underlying = bridged.userInfo[NSUnderlyingErrorKey] as? any Error {
            return code(of: underlying)
        }
        return Errno.ioError.rawValue
    }

    /// Gives a file a second name, unless that is taken.
    static func link(_ existing: String, to path: String) throws(StoreError) {
        try attempt(.link, path) { try FileManager.default.linkItem(atPath: existing, toPath: path) }
    }

    static func remove(_ path: String) throws(StoreError) {
        try attempt(.remove, path) { try FileManager.default.removeItem(atPath: path) }
    }

    /// Makes one folder, for its owner only; its parent must be there.
    static func makeFolder(_ path: String) throws(StoreError) {
        try attempt(.create, path) {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        }
    }

    /// The names in a folder, in the order of their bytes.
    static func names(in folder: String) throws(StoreError) -> [String] {
        try attempt(.list, folder) { try FileManager.default.contentsOfDirectory(atPath: folder) }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// What is at a path, symbolic links followed; nil when there is nothing.
    static func type(of path: String) throws(StoreError) -> FileType? {
        do {
            return try attempt(.open, path) { try FilePath(path).stat().type }
        } catch {
            guard error.problem == .system(.open, code: Errno.noSuchFileOrDirectory.rawValue) else {
                throw error
            }
            return nil
        }
    }
}
