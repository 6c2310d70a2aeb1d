import LOBAdvice

/// How one task is called in AWS, in a shell, in Terraform and in CloudFormation.
struct TaskNames {
    let files: TaskFiles
    /// `--replication-task-identifier`: letters, digits and single hyphens, a letter first, at most 255.
    let identifier: String
    /// What follows the name of a shell variable: empty, or `_` and capitals, digits and underscores.
    let variableSuffix: String
    /// A name in Terraform: small letters, digits and underscores, a letter first.
    let label: String
    /// A name in CloudFormation: letters and digits.
    let logicalID: String

    /// The tasks of a report with names that are all different.
    static func all(of report: Report) -> [TaskNames] {
        var taken: Set<String> = []
        return TaskFiles.all(of: report.recommendation).map { files in
            var words = words(files.task.name)
            var number = 2
            while !taken.insert(words.joined(separator: "-")).inserted {
                words = Self.words(files.task.name) + ["\(number)"]
                number += 1
            }
            return TaskNames(files, database: Self.words(report.profile.database), slot: words)
        }
    }

    private init(_ files: TaskFiles, database: [String], slot: [String]) {
        self.files = files
        identifier = String(
            decoding: (["lobscope"] + database + slot).joined(separator: "-").utf8.prefix(255), as: UTF8.self)
        variableSuffix = slot.map { "_" + $0.uppercased() }.joined()
        label = (["task"] + slot).joined(separator: "_")
        logicalID = slot.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// A name's runs of ASCII letters and digits, letters small.
    private static func words(_ name: Identifier?) -> [String] {
        let folded = (name?.bytes ?? []).map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
        let words = folded.split { !(0x61...0x7A ~= $0 || 0x30...0x39 ~= $0) }
        return words.map { String(decoding: $0, as: UTF8.self) }
    }
}

extension TaskNames {
    /// Whether the position where changes begin must be said: only a task that loads nothing and reads a slot of
    /// its own cannot find it.
    func needsStart(_ type: MigrationType) -> Bool { type == .cdc && files.task.slot != nil }

    /// What is known of where the changes may begin, for whoever fills it in; empty where nothing is.
    ///
    /// All of it is hexadecimal digits, a slash and our words.
    func hintsOfStart(_ profile: Profile) -> String {
        let confirmed = files.task.confirmedPosition.flatMap { LSN($0) }.map {
            "the slot has confirmed \($0), DMS refuses an earlier start"
        }
        let replica = profile.certificate?.replica.flatMap { $0.isPaused ? $0.replayed : nil }.map {
            "the paused replica that was profiled had replayed \($0)"
        }
        return [confirmed, replica].compactMap(\.self).joined(separator: "; ")
    }
}
