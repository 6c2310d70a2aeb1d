public import LOBAdvice

/// A file of a report folder.
public struct ReportFile: Sendable {
    /// The name, or `folder/name`; portable.
    public let path: String
    private let content: Content

    private enum Content {
        case whole(@Sendable () -> [UInt8])
        case document(@Sendable () -> JSONDocument)
    }

    /// A file that is rendered as a whole.
    init(path: String, render: @escaping @Sendable () -> [UInt8]) {
        (self.path, content) = (path, .whole(render))
    }

    /// A file that is rendered piece by piece.
    init(path: String, document: @escaping @Sendable () -> JSONDocument) {
        (self.path, content) = (path, .document(document))
    }

    /// The content, rendered at each call: a report of 50,000 tables has too much of it to hold all files at once.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write { bytes += $0 }
        return bytes
    }

    /// Hands over the content, one piece after another: report.json of 50,000 tables has 1 GB.
    public func write<Failure>(to sink: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        switch content {
        case .whole(let render): try sink(render())
        case .document(let document): try document().write(to: sink)
        }
    }
}

extension Report {
    /// Every file of the report folder but the snapshot and the checksums: with slots, a folder for the files of
    /// each task; where there are large objects, a script that moves them;
    /// where SQL mends a finding, a script for its side.
    public var files: [ReportFile] {
        let shared = ReportFormat.allCases.filter { !$0.isOfTask }.compactMap { format in
            format.fileName.map { name in
                format == .json
                    ? ReportFile(path: name, document: { JSONReport.document(self) })
                    : ReportFile(path: name) { render(format) }
            }
        }
        let move = LargeObjectMove(profile).map { move in
            [ReportFile(path: LargeObjectMove.fileName) { move.bytes }]
        }
        let fixes = Finding.Fix.Side.allCases.compactMap { side in
            FixScript(self, side).map { script in ReportFile(path: FixScript.fileName(side)) { script.bytes }
            }
        }
        return shared + (move ?? []) + fixes + TaskFiles.all(of: recommendation).flatMap(\.files)
    }

    /// The file of a task's folder with the line for `--extra-connection-attributes`.
    public static let extraConnectionAttributesName = "extra-connection-attributes.txt"

    /// The names of the tasks, which are those of their slots where they have any, in their order; empty for the only task of a
    /// profile without slots.
    public var taskNames: [Identifier] { recommendation.tasks.compactMap(\.name) }

    /// A file of the task with a name; nil where none has it, or the format is not of a task.
    public func render(_ format: ReportFormat, task name: Identifier) -> [UInt8]? {
        guard format.isOfTask else { return nil }
        return recommendation.tasks.first { $0.name == name }.flatMap { TaskFiles.bytes(of: $0, format) }
    }
}
