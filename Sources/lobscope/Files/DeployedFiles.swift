import Foundation
import LOBProfile
import LOBReports

/// The files of deployed tasks, as they are named on the command line.
struct DeployedFiles {
    let mapping: String
    let settings: String?

    /// The most bytes of a file that are read; AWS prints 2 MB of mapping for each task.
    private static let limit = 256 << 20

    /// Reads the tasks.
    ///
    /// - Throws: `CommandFailure` for a file that cannot be read or understood.
    func tasks() throws(CommandFailure) -> [DeployedTask] {
        let folders = Self.taskFolders(in: mapping)
        guard folders.isEmpty else {
            guard settings == nil else {
                throw CommandFailure(
                    "\"\(mapping)\" is a folder, which has task settings of its own\nhint: leave out the settings"
                )
            }
            var tasks: [DeployedTask] = []
            for folder in folders {
                tasks += try Self.tasks(
                    folder + "/" + Self.mappingName, settings: folder + "/" + Self.settingsName)
            }
            return tasks
        }
        return try Self.tasks(mapping, settings: settings)
    }

    /// The folder itself where it holds a mapping, or else its folders that do; empty where it is a file.
    private static func taskFolders(in path: String) -> [String] {
        guard !holdsMapping(path) else { return [path] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { path + "/" + $0 }.filter(
            holdsMapping)
    }

    private static func holdsMapping(_ folder: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/" + mappingName)
    }

    private static let mappingName = ReportFormat.tableMappings.fileName ?? ""
    private static let settingsName = ReportFormat.taskSettings.fileName ?? ""

    private static func tasks(_ mapping: String, settings: String?) throws(CommandFailure) -> [DeployedTask] {
        let tasks = try parsed(mapping) { (bytes) throws(DeployedTaskError) in
            try DeployedTask.tasks(parsing: bytes)
        }
        guard let settings else { return tasks }
        let deployed = try parsed(settings) { (bytes) throws(SettingsError) in
            try DeployedSettings(parsing: bytes)
        }
        return tasks.map { $0.with(settings: deployed) }
    }

    private static func parsed<Value, Problem: Error & CustomStringConvertible>(
        _ path: String, _ parse: ([UInt8]) throws(Problem) -> Value
    ) throws(CommandFailure) -> Value {
        var source = try ByteSource(path)
        defer { source.close() }
        let bytes = try source.all(limit: limit)
        do throws(Problem) {
            return try parse(bytes)
        } catch {
            throw CommandFailure("\"\(source.name)\": \(error)")
        }
    }
}
