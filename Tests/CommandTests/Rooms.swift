import Foundation

/// The rooms of a target: its folders, and `.` for the files beside them, in the order of their floors.
struct Rooms {
    let target: String
    /// From the ground up: a room may name types of those before it.
    let floors: [String]
    /// Files that name a type of a floor above, until somebody mends them: `File.swift: Type`.
    ///
    /// An entry may go, and none may come.
    let unmended: Set<String>

    static let all = [
        Rooms(
            target: "SizeStatistics", floors: [".", "Counts", "Tail", "TwoPhase", "Growth", "Comparison"],
            unmended: []),
        Rooms(
            target: "LOBProfile",
            floors: [
                "Evidence", "Slots", "Catalog", "Certainty", ".", "Policy", "Plan", "Measurement", "Growth",
                "Patch", "Merge",
            ], unmended: []),
        Rooms(
            target: "DMS", floors: [".", "Mapping", "Settings", "Engines", "Containers", "Log"], unmended: []),
        Rooms(
            target: "LOBAdvice",
            floors: [
                "Risk", "Recommendation", "Findings", "Tasks", "Slots", "Review", ".", "Comparison",
                "Truncations", "Patch", "Fleet",
            ],
            // A review asks for the sizes that logs told of, and for the risk of a limit that nobody recommended.
            unmended: ["Review.swift: Recommender", "Treatment.swift: Recommender"]),
        Rooms(
            target: "LOBSurvey",
            floors: [
                "Outcome", "Statements", "Session", "Catalog", "Moments", "Throttle", "Toast", "Growth",
                "Scan",
                "Resumption", "LargeObjects", "HeavyKeys", "Slots", "Target", "Patch", ".", "Kit",
            ],
            // They say what a whole survey is asked for, or extend it.
            unmended: [
                "SurveyCheckpoint.swift: SurveyOptions", "LargeObjectSurvey.swift: Survey",
                "PatchSurvey.swift: Survey", "PatchSurvey.swift: SurveyOptions",
                "HeavyKeyPass.swift: SurveyOptions",
            ]),
        Rooms(
            target: "LOBReports",
            floors: [
                "Escaping", "Numbers", "Page", "Figures", "Words", "Renderers", "Pages", "Machine",
                "Interactive", ".",
            ],
            // Sentences say the names of files; pages that are also written for programs know both ways.
            unmended: [
                "NextWords.swift: FixScript", "FindingWords.swift: FixScript",
                "LargeObjectText.swift: LargeObjectMove", "TaskText.swift: TaskFiles",
                "LintReport.swift: LintSARIF", "LintReport.swift: LintJSON",
                "TruncationReport.swift: TruncationJSON", "TaskSection.swift: TaskFiles",
                "ComparisonReport.swift: ComparisonJSON", "SnapshotReport.swift: SnapshotsJSON",
                "SnapshotListReport.swift: SnapshotsJSON", "PatchReport.swift: PatchJSON",
                "PlanReport.swift: PlanJSON", "FleetReport.swift: FleetJSON",
                "FleetReport.swift: FleetMetrics", "FleetReport.swift: ReportFile",
                "TableFigures.swift: UnmeasuredWords",
            ]),
        Rooms(
            target: "lobscope",
            floors: ["Terminal", "Files", "Policy", "Options", "Slots", "Fleet", "Demo", ".", "Commands"],
            unmended: [
                "PolicyFile.swift: Percentage", "PolicyFile.swift: QuantityRefusal",
                "PolicyFile.swift: QuantityValue", "PolicyFile.swift: RiskPercentage",
                "ProfileWords.swift: ProfileCommand",
            ]),
    ]

    /// A Swift file of the target.
    struct File {
        let room: String
        let name: String
        let uses: TypeUses
    }

    /// The files of the target; never none.
    func files() throws -> [File] {
        let root = Readme.root + "/Sources/" + target
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root)
            .filter { $0.hasSuffix(".swift") }.sorted()
        return try paths.map { path in
            let parts = path.split(separator: "/").map(String.init)
            return File(
                room: parts.count > 1 ? parts[0] : ".", name: parts[parts.count - 1],
                uses: TypeUses(try Readme.file("Sources/\(target)/\(path)")))
        }
    }

    /// Each name of a type of a higher floor, as `File.swift: Type`.
    ///
    /// A name that types of two rooms have is nobody's.
    func upwardUses(of files: [File]) -> Set<String> {
        var rooms: [String: Set<String>] = [:]
        for file in files { for type in file.uses.declared { rooms[type, default: []].insert(file.room) } }
        let owners = rooms.compactMapValues { $0.count == 1 ? $0.first : nil }
        let heights = Dictionary(uniqueKeysWithValues: floors.enumerated().map { ($1, $0) })
        var found: Set<String> = []
        for file in files {
            for type in file.uses.named {
                guard let owner = owners[type], let there = heights[owner], let here = heights[file.room],
                    there > here
                else { continue }
                found.insert("\(file.name): \(type)")
            }
        }
        return found
    }
}
