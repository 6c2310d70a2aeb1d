import EphemeralPostgreSQL
import Foundation
import TestSupport
import Testing

/// `lobscope truncations` with several files: one that is no log of DMS is told, whatever is in the others.
@Suite(.database) struct LogFileTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private func profile() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        let outcome = try await scratch.lobscope("profile", database.conninfo(), "--out", "report")
        try #require(outcome.status == 0, "\(outcome.errorOutput)")
        let entry = "2025-03-02T10:11:12 [TASK_MANAGER    ]I:  Task is running  (replicationtask.c:1)\n"
        try scratch.write(Array(entry.utf8), "quiet.log")
        try scratch.write(Array("GET / 200\nINFO started\n".utf8), "other.log")
        try scratch.write([], "empty.log")
    }

    /// The text with white space as single spaces, for a page may break anywhere.
    private func text(_ arguments: String...) async throws -> String {
        let outcome = try await scratch.lobscope(["truncations"] + arguments + ["--against", "report"])
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        return outcome.output.replacing(/\s+/, with: " ")
    }

    private func status(_ arguments: String...) async throws -> Int32? {
        let asked = ["truncations"] + arguments + ["--against", "report", "--fail-on", "warning"]
        return try await scratch.lobscope(asked).status
    }

    private struct Log: Decodable {
        let log: Counts

        struct Counts: Decodable {
            let files: Int
            let filesWithoutEntries: Int
            let namesWithoutEntries: [String]
        }
    }

    @Test func oneLogAmongOthersIsNoAllClear() async throws {
        try await profile()
        #expect(try await status("quiet.log", "quiet.log") == 0)
        #expect(try await status("quiet.log", "other.log") == 2)
        #expect(try await status("empty.log", "quiet.log") == 2)
        let words = try await text("quiet.log", "other.log", "empty.log")
        #expect(
            words.contains(
                "nothing in 2 of 3 logs (\"other.log\", \"empty.log\") looks like an entry of DMS"),
            "\(words)")
        #expect(
            words.contains(
                "leave out what is not a log of a task, or read the task's log: aws logs filter-log-events"))
        let json = try await scratch.lobscope(
            "truncations", "other.log", "quiet.log", "--against", "report", "--format", "json")
        let counts = try JSONDecoder().decode(Log.self, from: Data(json.stdout)).log
        #expect(counts.files == 2 && counts.filesWithoutEntries == 1)
        #expect(counts.namesWithoutEntries == ["other.log"])
    }

    /// A folder may hold anything: how much of it is no log is told, and the first names.
    @Test func otherFilesOfAFolderAreTold() async throws {
        try await profile()
        let made = try await scratch.shell(
            """
            mkdir -p export/exportedlogs/8f-1/dms-task-A notes clean
            echo 'Permission Check Successful' > export/aws-logs-write-test
            gzip < quiet.log > export/exportedlogs/8f-1/dms-task-A/000000.gz
            cp quiet.log notes/
            echo '{"rules": []}' > notes/mapping.json
            for name in 1 2 3 4 5 6 7; do echo 'INFO x' > notes/other$name.txt; done
            """)
        #expect(made.status == 0)
        // What an export itself leaves is nothing to tell.
        #expect(try await status("export") == 0)
        #expect(try await status("export", "notes") == 2)
        let words = try await text("export", "notes")
        #expect(
            words.contains(
                "nothing in 8 of 10 logs (\"notes/mapping.json\", \"notes/other1.txt\", \"notes/other2.txt\", "
                    + "\"notes/other3.txt\", \"notes/other4.txt\" and 3 more) looks like"), "\(words)")
        // What cannot be read costs nothing of the others, and is an error.
        let broken = try await scratch.shell(
            """
            mkdir broken; cp quiet.log broken/; echo '{# comment #}' > broken/page.tpl
            gzip < quiet.log | head -c 40 > broken/cut.gz
            """)
        #expect(broken.status == 0)
        let outcome = try await scratch.lobscope(
            ["truncations", "broken", "--against", "report", "--fail-on", "error"])
        #expect(outcome.status == 2 && outcome.errorOutput.contains("broken/page.tpl"))
        #expect(
            outcome.output.replacing(/\s+/, with: " ").contains(
                "2 of 3 logs could not be read (\"broken/cut.gz\", \"broken/page.tpl\"): what they tell is not known"
            ),
            "\(outcome.output)")
        // A folder of something else is told as a whole.
        let report = try await text("report")
        #expect(report.contains(/nothing in (\d+) of \1 logs \("report\//), "\(report)")
        #expect(try await status("report") == 2)
    }
}
