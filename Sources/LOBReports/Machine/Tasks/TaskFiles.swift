import LOBAdvice

/// The files of one task, and the folder that they are in.
struct TaskFiles {
    let task: TaskRecommendation
    /// The name of the folder; nil where the files stand in the report folder itself.
    let folder: String?

    /// The tasks of a recommendation with their folders.
    static func all(of recommendation: Recommendation) -> [TaskFiles] {
        var taken = Set(
            ReportFormat.allCases.compactMap(\.fileName)
                + [Report.extraConnectionAttributesName, LargeObjectMove.fileName, "SHA256SUMS"]
                + Finding.Fix.Side.allCases.map(FixScript.fileName))
        return recommendation.tasks.map { task in
            TaskFiles(task: task, folder: task.name.map { name(of: $0, taken: &taken) })
        }
    }

    /// The path of a file in the report folder.
    func path(_ name: String) -> String { folder.map { "\($0)/\(name)" } ?? name }

    /// The files, and no mapping that selects no table.
    var files: [ReportFile] {
        let formats = ReportFormat.allCases.filter {
            $0.isOfTask && (task.mapping.hasSelection || !$0.needsSelection)
        }
        let files = formats.compactMap { format in
            format.fileName.map { name in ReportFile(path: path(name)) { Self.bytes(of: task, format) ?? [] }
            }
        }
        let attributes = ReportFile(path: path(Report.extraConnectionAttributesName)) {
            Array((VisibleText.escape(task.endpoint.extraConnectionAttributes) + "\n").utf8)
        }
        return files + [attributes]
    }

    /// A file of a task; nil for formats that are not of one.
    static func bytes(of task: TaskRecommendation, _ format: ReportFormat) -> [UInt8]? {
        switch format {
        case .tableMappings: task.mapping.jsonBytes
        case .taskSettings: task.settings.jsonBytes
        case .endpointSettings: task.endpoint.jsonBytes
        default: nil
        }
    }

    private static let longestName = 60

    /// A folder's name in [A-Za-z0-9._-] that nothing else in the report folder has.
    private static func name(of slot: Identifier, taken: inout Set<String>) -> String {
        let plain = slot.bytes.prefix(longestName).map { isPlain($0) ? $0 : UInt8(ascii: "_") }
        let isLeading = plain.first.map { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") } ?? true
        let name = (isLeading ? "_" : "") + String(decoding: plain, as: UTF8.self)
        var free = name
        var number = 2
        while !taken.insert(free).inserted {
            free = "\(name)-\(number)"
            number += 1
        }
        return free
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "._-".utf8.contains(byte)
        }
    }
}
