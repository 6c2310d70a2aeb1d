import Foundation
import LOBAdvice

/// A log of a DMS task on disk or on standard input, packed by gzip or not.
struct LogFile {
    let path: String
    /// Whether a folder holds it, so that it may be something else than a log.
    let isOfFolder: Bool

    /// The most files that folders may hold: a wrong path is told before it is read.
    private static let most = 100_000
    /// What an export of CloudWatch to S3 leaves beside its folders, to see whether it may write there.
    private static let writeTest = "aws-logs-write-test"

    /// The logs at some paths; a folder stands for all files in it and below, in the order of their names.
    ///
    /// An export of CloudWatch to S3 leaves folders of packed files: one for each stream of a task.
    ///
    /// - Throws: `CommandFailure` for a folder that holds no file, or too many.
    static func all(_ paths: [String]) throws(CommandFailure) -> [LogFile] {
        var logs: [LogFile] = []
        for path in paths {
            guard isFolder(path) else {
                logs.append(LogFile(path: path, isOfFolder: false))
                continue
            }
            let names = try names(in: path)
            guard !names.isEmpty else {
                throw CommandFailure("\"\(path)\" holds no file\nhint: name a log, or a folder of logs")
            }
            logs += names.map { LogFile(path: path + "/" + $0, isOfFolder: true) }
        }
        return logs
    }

    private static func isFolder(_ path: String) -> Bool {
        !path.utf8.elementsEqual("-".utf8)
            && (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil
    }

    /// The files of a folder and of those below it; hidden ones, what a link leads to and the test of an export are left out.
    private static func names(in folder: String) throws(CommandFailure) -> [String] {
        guard let all = FileManager.default.enumerator(atPath: folder) else {
            throw CommandFailure("\"\(folder)\" cannot be read\nhint: check its permissions")
        }
        var names: [String] = []
        while let name = all.nextObject() as? String {
            let parts = name.split(separator: "/")
            let isHidden = parts.contains { $0.utf8.first == UInt8(ascii: ".") }
            let isTest = parts.last?.utf8.elementsEqual(writeTest.utf8) ?? false
            let kind = all.fileAttributes?[.type] as? FileAttributeType
            guard !isHidden, !isTest, kind == .typeRegular else { continue }
            names.append(name)
            guard names.count <= most else {
                throw CommandFailure(
                    "\"\(folder)\" holds more than \(most) files\nhint: name the folder of one task")
            }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// What it says of cut values.
    ///
    /// - Throws: `CommandFailure` where it cannot be read; a file of a folder is only counted then, and the reason told on
    ///   standard error.
    func summary() async throws(CommandFailure) -> TruncationSummary {
        do throws(CommandFailure) {
            return try await content()
        } catch {
            guard isOfFolder else { throw error }
            StandardError.write(error.description)
            return TruncationSummary(unread: path)
        }
    }

    private func content() async throws(CommandFailure) -> TruncationSummary {
        var source = try ByteSource(path)
        defer { source.close() }
        let isPacked = try source.isGzip()
        let opened = source
        if isPacked { return try await Gunzip.run(opened, read) }
        return try await Blocking.run { read(opened) }.get()
    }

    @Sendable private func read(_ source: ByteSource) -> Result<TruncationSummary, CommandFailure> {
        var source = source
        var reader = TruncationReader(source: source.name, mayBeOther: isOfFolder)
        do throws(CommandFailure) {
            while true {
                let bytes = try source.next()
                guard !bytes.isEmpty else { return .success(try Self.finish(&reader, source.name)) }
                try Self.take(bytes, by: &reader, source.name)
            }
        } catch {
            return .failure(error)
        }
    }

    private static func take(
        _ bytes: [UInt8], by reader: inout TruncationReader, _ name: String
    ) throws(CommandFailure) {
        do throws(TruncationLogError) {
            try reader.take(bytes)
        } catch {
            throw CommandFailure("\"\(name)\": \(error)")
        }
    }

    private static func finish(
        _ reader: inout TruncationReader, _ name: String
    ) throws(CommandFailure) -> TruncationSummary {
        do throws(TruncationLogError) {
            return try reader.finish()
        } catch {
            throw CommandFailure("\"\(name)\": \(error)")
        }
    }
}
