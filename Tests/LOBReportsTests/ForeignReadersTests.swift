import Foundation
import LOBProfile
import LOBReports
import Testing

/// The report as Python's csv module, three Markdown engines, an HTML parser and a JSON Schema validator read it.
@Suite struct ForeignReadersTests {
    private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    private static let schema = tests.appendingPathComponent("../../reports/report.schema.json").standardized

    private static var isExpected: Bool {
        if ProcessInfo.processInfo.environment["CI"] == "true" { return true }
        let modules = "import cmarkgfm, html5lib, jsonschema, linkify_it, markdown, markdown_it"
        return (try? python(["-c", modules]).status) == 0
    }

    private static func python(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    @Test(.enabled(if: isExpected, "python3 with the packages of script/requirements.txt is not installed"))
    func otherProgramsReadWhatWasWritten() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("report-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for format in ReportFormat.allCases {
            guard let name = format.fileName else { continue }
            try Data(GoldenReport.report.render(format)).write(to: folder.appendingPathComponent(name))
        }
        try Data(Self.names.compactBytes).write(to: folder.appendingPathComponent("names.json"))
        let script = Self.tests.appendingPathComponent("check_formats.py").path
        let (status, output) = try Self.python([script, folder.path, Self.schema.path])
        #expect(status == 0, "\(output)")
    }

    /// The names of the LOB table, exact and as people should see them.
    private static var names: JSONValue {
        let tables = GoldenReport.report.recommendation.tables.filter { $0.hasLOBs && !$0.isMaterializedView }
        return .array(
            tables.map { table in
                let bytes = table.name.schema.bytes + [UInt8(ascii: ".")] + table.name.name.bytes
                let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
                return .members([
                    "hex": .text(digits.joined()), "visible": .text(VisibleText.escape(table.name)),
                ])
            })
    }
}
