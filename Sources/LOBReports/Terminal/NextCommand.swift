import LOBAdvice

/// The command that a reader of the report most likely wants next.
enum NextCommand {
    /// A sentence and the command.
    static func line(_ report: Report) -> String {
        if let emptiness = ScopeText.emptiness(report.profile) { return emptiness.hint }
        if !Grants(report.profile).statements.isEmpty {
            return
                "after the GRANTs above, measure what is missing: lobscope profile CONNINFO --resume FOLDER --out NEW"
        }
        if !report.profile.isComplete {
            return "see why something was not measured, before any row is read: lobscope plan"
        }
        let doubtful = TableFigures.lobTable(report).filter { table in
            table.coverage == .sampled
                || table.readLOBs.contains {
                    $0.estimate.coverage == .refused && !$0.estimate.isRefusedForRowsToCome
                }
        }
        if let table = doubtful.first(where: { $0.coverage == .refused }) ?? doubtful.first {
            return "measure every row of what was sampled: lobscope profile --method full"
                + option(for: table.table.name)
        }
        return "after the next run, see what got worse: lobscope compare OLD NEW"
    }

    /// `--table` with a pattern that a shell passes on unchanged; empty for a name that cannot be typed.
    private static func option(for name: RelationName) -> String {
        let bytes = name.schema.bytes + name.name.bytes
        let isPlain = bytes.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == UInt8(ascii: "_") }
        return isPlain ? " --table \(name.losslessText)" : ""
    }
}
