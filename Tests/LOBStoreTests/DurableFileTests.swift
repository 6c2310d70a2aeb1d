import Foundation
import LOBStore
import Testing

struct DurableFileTests {
    private let folder: ScratchFolder
    private let bytes = Array("content".utf8)

    init() throws {
        folder = try ScratchFolder()
    }

    @Test func aFileIsWholeForItsOwnerOnlyAndAlone() throws {
        try DurableFile.write(bytes, named: "a.json", in: folder.path)
        #expect(try folder.bytes("a.json") == bytes)
        #expect(try folder.permissions("a.json") == 0o600)
        #expect(try folder.names() == ["a.json"])
    }

    @Test func theSameContentAgainIsSuccess() throws {
        try DurableFile.write(bytes, named: "a.json", in: folder.path)
        try DurableFile.write(bytes, named: "a.json", in: folder.path)
        #expect(try folder.names() == ["a.json"])
    }

    @Test(arguments: ["", "contenT", "content and more", "c"]) func otherContentIsNeverOverwritten(
        _ other: String
    ) throws {
        _ = try folder.put(Array(other.utf8), "a.json")
        #expect(throws: StoreError(folder.file("a.json"), .exists)) {
            try DurableFile.write(bytes, named: "a.json", in: folder.path)
        }
        #expect(try folder.bytes("a.json") == Array(other.utf8))
        #expect(try folder.names() == ["a.json"])
    }

    @Test(arguments: ["victim", "nowhere"]) func aSymbolicLinkUnderTheNameIsNotFollowed(_ target: String)
        throws
    {
        _ = try folder.put(bytes, "victim")
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("a.json"), withDestinationPath: folder.file(target))
        #expect(throws: StoreError(folder.file("a.json"), .notAFile)) {
            try DurableFile.write(bytes, named: "a.json", in: folder.path)
        }
        #expect(try folder.names() == ["a.json", "victim"])
    }

    @Test(arguments: ["", ".", "..", "../x", "a/b", "/etc/x", ".hidden", "-x", "a b", "a\u{0}b", "\u{e9}"])
    func otherNamesAreRefused(_ name: String) throws {
        #expect(throws: StoreError(folder.file(name), .invalidName)) {
            try DurableFile.write(bytes, named: name, in: folder.path)
        }
        #expect(try folder.names().isEmpty)
    }

    @Test func aMissingFolderIsNamedWithAHint() throws {
        let error = #expect(throws: StoreError.self) {
            try DurableFile.write(bytes, named: "a", in: folder.file("none"))
        }
        let text = try #require(error).description
        #expect(text.contains("/none/") && text.contains("\nhint: the folder does not exist"))
    }

    @Test func controlCharactersOfAPathAreEscapedInMessages() {
        let error = StoreError("a\u{1B}[2J\n\u{202E}\"", .notFound)
        #expect(error.message == #""a\u{1b}[2J\u{a}\u{202e}\"" does not exist"#)
    }

    @Test func anEmptyFileCanBeWritten() throws {
        try DurableFile.write([], named: "empty", in: folder.path)
        #expect(try folder.bytes("empty").isEmpty)
    }

    /// More than is read back at a time, and pieces of any size.
    @Test func aFileInPiecesIsWholeAndHasTheirDigest() throws {
        let pieces = [[UInt8](repeating: 7, count: 3 << 20), [], bytes]
        let digest = try DurableFile.write(named: "a", in: folder.path) { (write) throws(StoreError) in
            for piece in pieces { try write(piece) }
        }
        let whole = pieces.flatMap { $0 }
        #expect(try folder.bytes("a") == whole && digest == SHA256Digest(of: whole))
        try DurableFile.write(whole, named: "a", in: folder.path)
    }

    @Test func aFileWhosePiecesFailIsNotThere() throws {
        #expect(throws: StoreError(folder.file("a"), .notFound)) {
            try DurableFile.write(named: "a", in: folder.path) { (write) throws(StoreError) in
                try write(bytes)
                throw StoreError("x", .notFound)
            }
        }
        #expect(try folder.names().isEmpty)
    }
}
