import Foundation
import LOBAdvice
import LOBReports

/// The files of deployed tasks, as they are named on the command line: in any order, of any kind.
struct DeployedFiles {
    let tasks: [DeployedTask]
    /// The first file with a mapping, and the first with settings alone; nil for standard input, or where there is none.
    let mappingPath: String?
    let settingsPath: String?

    /// The most bytes of a file that are read; AWS prints 2 MB of mapping for each task.
    private static let limit = 256 << 20

    /// Reads files; task settings go with every mapping that has none of its own, and a source endpoint with the tasks that name
    /// it, or with all where none is named.
    ///
    /// - Throws: `CommandFailure` for a file that cannot be read or understood, and for settings that do not say whose they
    ///   are.
    init(_ paths: [String]) throws(CommandFailure) {
        var tasks: [DeployedTask] = []
        var settings: [(path: String, settings: DeployedSettings)] = []
        var mappings: [String] = []
        var endpoints: [EndpointDescription] = []
        for path in paths {
            let folders = Self.taskFolders(in: path)
            for folder in folders {
                let name = folder == path ? nil : folder.split(separator: "/").last.map(String.init)
                tasks.append(try Self.task(in: folder).named(name))
            }
            guard folders.isEmpty else {
                mappings.append(path)
                continue
            }
            switch try Self.read(path) {
            case .tasks(let found):
                tasks += found
                mappings.append(path)
            case .settings(let found): settings.append((path, found))
            case .endpoints(let found): endpoints += found
            }
        }
        if let other = settings.dropFirst().first {
            throw CommandFailure(
                "\"\(other.path)\": more than one file of task settings: which task has them is not known\n"
                    + "hint: give each task's mapping and settings by themselves")
        }
        if let (path, found) = settings.first {
            let open = tasks.filter { $0.settings == nil }
            guard !open.isEmpty else { throw CommandFailure(Self.unused(path, tasks)) }
            tasks = tasks.map { $0.settings == nil ? $0.with(settings: found) : $0 }
        }
        guard !tasks.isEmpty else {
            throw CommandFailure(
                "\"\(paths[0])\": a source endpoint without a task\nhint: give the table mapping too, in any order"
            )
        }
        let reading = tasks.map { $0.reading(endpoints) }
        guard endpoints.isEmpty || reading.contains(where: { $0.endpoint != nil }) else {
            throw CommandFailure(
                "the source endpoints that are given are read by none of the tasks, or it is not known by which\n"
                    + "hint: give the endpoint that the task names as SourceEndpointArn, or one alone beside a mapping"
            )
        }
        self.tasks = reading
        mappingPath = mappings.first.flatMap(Self.named)
        settingsPath = settings.first.flatMap { Self.named($0.path) }
    }

    private static func unused(_ path: String, _ tasks: [DeployedTask]) -> String {
        tasks.isEmpty
            ? "\"\(path)\": task settings without a mapping\nhint: give the table mapping too, in any order"
            : "\"\(path)\": the tasks have settings of their own\nhint: leave out the settings"
    }

    private static func named(_ path: String) -> String? { path.utf8.elementsEqual("-".utf8) ? nil : path }

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

    private static func task(in folder: String) throws(CommandFailure) -> DeployedTask {
        let files = try DeployedFiles([folder + "/" + mappingName, folder + "/" + settingsName])
        guard let task = files.tasks.first, files.tasks.count == 1 else {
            throw CommandFailure("\"\(folder)/\(mappingName)\": not the mapping of one task")
        }
        return task.reading(try endpoint(in: folder))
    }

    /// What the source endpoint of a folder's task needs: the attributes say all of it; older folders have the settings, or
    /// neither.
    private static func endpoint(in folder: String) throws(CommandFailure) -> [EndpointDescription] {
        let attributes = folder + "/" + Report.extraConnectionAttributesName
        if FileManager.default.fileExists(atPath: attributes) {
            return [EndpointDescription(attributes: try bytes(of: attributes).bytes)]
        }
        let settings = folder + "/" + (ReportFormat.endpointSettings.fileName ?? "")
        guard FileManager.default.fileExists(atPath: settings) else { return [] }
        guard case .endpoints(let found) = try read(settings) else {
            throw CommandFailure("\"\(settings)\": no settings of a source endpoint")
        }
        return found
    }

    private static func bytes(of path: String) throws(CommandFailure) -> (name: String, bytes: [UInt8]) {
        var source = try ByteSource(path)
        defer { source.close() }
        return (source.name, try source.all(limit: limit))
    }

    private static func read(_ path: String) throws(CommandFailure) -> TaskContainer {
        let (name, bytes) = try bytes(of: path)
        do throws(DeployedTaskError) {
            return try TaskContainer(parsing: bytes)
        } catch {
            throw CommandFailure("\"\(name)\": \(error)")
        }
    }
}
