import Foundation
import LOBStore
import TestSupport
import Testing

struct ReportFolderTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
    }

    @Test(arguments: [
        ("report", ["report"]), ("a/b/c", ["a", "a/b", "a/b/c"]), ("a/b/", ["a", "a/b"]),
        ("./a//b", ["a", "a/b"]),
    ]) func foldersAreMadeForTheirOwnerOnly(name: String, made: [String]) throws {
        _ = try ReportFolder.create(at: scratch.file(name))
        for folder in made { #expect(try scratch.permissions(folder) == 0o700) }
    }

    @Test func aFolderWithFilesIsAlreadyUsed() throws {
        let path = scratch.file("report")
        var folder = try ReportFolder.create(at: path)
        try folder.write([1], named: "report.md")
        let error = #expect(throws: StoreError.self) { try ReportFolder.create(at: path) }
        #expect(
            try #require(error).description == """
                "\(path)" is already used: the folder is not empty
                hint: choose another --out
                """)
    }

    @Test func anEmptyFolderAndOneWithLeftoversOfADeadWriterAreTaken() throws {
        _ = try ReportFolder.create(at: scratch.file("report"))
        _ = try scratch.put([1], "report/.lobscope-12ab.tmp")
        var folder = try ReportFolder.create(at: scratch.file("report"))
        try folder.write([1], named: "report.md")
    }

    /// Files that are made at the same time, also in a new subfolder.
    @Test func severalFilesAreWrittenWithTheirChecksums() throws {
        var folder = try ReportFolder.create(at: scratch.file("report"))
        try folder.write(
            (0..<40).map { number in
                let name = number < 20 ? "sub/\(number)" : "\(number)"
                return (
                    name,
                    { (write) throws(StoreError) in
                        for _ in 0..<number { try write([UInt8](repeating: UInt8(number), count: 999)) }
                    }
                )
            })
        try folder.writeChecksums()
        let lines = String(decoding: try scratch.bytes("report/SHA256SUMS"), as: UTF8.self).split(
            separator: "\n")
        #expect(lines.count == 40)
        for line in lines {
            let (digest, name) = (String(line.prefix(64)), String(line.dropFirst(66)))
            let bytes = try scratch.bytes("report/" + name)
            let number = try #require(Int(name.split(separator: "/").last ?? ""))
            #expect(bytes == [UInt8](repeating: UInt8(number), count: 999 * number))
            #expect(digest == SHA256Digest(of: bytes).hex)
        }
    }

    @Test func theFirstFileThatFailsIsThrownAndTheRestIsNotBegun() throws {
        var folder = try ReportFolder.create(at: scratch.file("report"))
        let error = #expect(throws: StoreError.self) {
            try folder.write(
                (0..<1000).map { number in
                    (
                        number == 3 ? "not portable" : "\(number)",
                        { (write) throws(StoreError) in try write([1]) }
                    )
                })
        }
        #expect(error?.path == scratch.file("report/not portable") && error?.problem == .invalidName)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.file("report")).count < 900)
    }

    @Test(arguments: ["file", "file/report"]) func aFileInTheWayIsNamed(_ name: String) throws {
        _ = try scratch.put([1], "file")
        let error = #expect(throws: StoreError.self) { try ReportFolder.create(at: scratch.file(name)) }
        #expect(error?.hint == "a part of the path is a file: choose another folder")
    }

    @Test(arguments: ["/proc/lobscope-report", "/dev/null/report"]) func aPlaceWithoutFoldersIsRefused(
        _ path: String
    ) {
        #expect(throws: StoreError.self) { try ReportFolder.create(at: path) }
    }

    @Test func sha256sumChecksTheFolder() async throws {
        var folder = try ReportFolder.create(at: scratch.file("report"))
        let sealed = try SampleProfile.sealed()
        for name in ["report.md", "slot_1/table-mappings.json", "lob-table.md", "Z.md", "slot_1/a.json"] {
            try folder.write(Array(name.utf8), named: name)
        }
        try folder.write(sealed.frame, named: sealed.name)
        try folder.writeChecksums()
        let command = "cd \"$1\" && sha256sum --strict -c SHA256SUMS"
        let outcome = try await BuiltProduct("sh").run(["-c", command, "sh", folder.path])
        #expect(outcome.status == 0)
        let names = outcome.output.utf8.split(separator: UInt8(ascii: "\n")).map {
            String(decoding: $0, as: UTF8.self)
        }
        let expected = [
            "Z.md", "lob-table.md", sealed.name, "report.md", "slot_1/a.json", "slot_1/table-mappings.json",
        ]
        #expect(names == expected.map { $0 + ": OK" })
    }

    @Test(arguments: ["/x", "x/", "a/b/c", "../x", "slot/../x", "", "a//b", "slot/.x"])
    func namesThatLeaveTheFolderAreRefused(_ name: String) throws {
        var folder = try ReportFolder.create(at: scratch.file("report"))
        #expect(throws: StoreError(folder.path + "/" + name, .invalidName)) {
            try folder.write([1], named: name)
        }
        #expect(try scratch.names() == ["report"])
    }

    @Test func theUmaskGivesNobodyElseAccess() async throws {
        let command = "umask 000; exec StoreProbe report \"$1/a/report\" 1"
        let outcome = try await BuiltProduct("sh").run(["-c", command, "sh", scratch.path])
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        for folder in ["a", "a/report", "a/report/slot_1"] {
            #expect(try scratch.permissions(folder) == 0o700)
        }
        for file in ["SHA256SUMS", "slot_1/table-mappings.json"] {
            #expect(try scratch.permissions("a/report/" + file) == 0o600)
        }
    }

    @Test func aUmaskThatTakesEverythingStillLeavesTheOwnersRights() async throws {
        let command = "mkdir \"$1/report\"; umask 777; exec StoreProbe report \"$1/report\" 1"
        let outcome = try await BuiltProduct("sh").run(["-c", command, "sh", scratch.path])
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        #expect(try scratch.permissions("report/SHA256SUMS") == 0o600)
    }
}
