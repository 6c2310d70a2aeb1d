import TestSupport
import Testing

@Suite(.enabled(if: Tools.has("strace"))) struct FullDiskTests {
    @Test func aWriteThatEndsEarlyLeavesNothing() async throws {
        let folder = try ScratchFolder()
        let command = "ulimit -f 8; trap '' XFSZ; exec StoreProbe write \"$1\" 1"
        let outcome = try await BuiltProduct("sh").run(["-c", command, "sh", folder.path])
        #expect(outcome.status == 1)
        #expect(outcome.errorOutput.contains("File too large"))
        #expect(try folder.names().isEmpty)
    }

    @Test(arguments: DiskFault.available)
    func aFullDiskIsNamedAndTheWriteAfterFreeingItSucceeds(_ fault: DiskFault) async throws {
        let outcome = try await fault.run(
            mounting:
                "mount -t tmpfs -o size=64k,mode=700 none \"$1\" && head -c 61440 /dev/zero >\"$1/ballast\"",
            freeing: "rm \"$folder/ballast\"", failing: "fsync", errno: "ENOSPC",
            script: """
                probe write "$1" 1; echo "write $?"
                probe report "$1/report" 1; echo "report $?"
                find "$1" -type f ! -name ballast
                free
                probe write "$1" 1; echo "write $?"
                probe verify "$1" 1; echo "verify $?"
                """)
        #expect(outcome.output == "write 1\nreport 1\nwrite 0\nverify 0\n")
        #expect(
            outcome.errorOutput.contains("hint: the disk is full: free some space or choose another folder"))
    }

    @Test(arguments: DiskFault.available) func aReadOnlyDiskIsNamed(_ fault: DiskFault) async throws {
        let outcome = try await fault.run(
            mounting: "mount -t tmpfs -o ro none \"$1\"", freeing: "true",
            failing: "link,mkdir", errno: "EROFS",
            script: """
                probe write "$1" 1; echo "write $?"
                probe report "$1/a/b" 1; echo "report $?"
                find "$1" -mindepth 1
                """)
        #expect(outcome.output == "write 1\nreport 1\n")
        #expect(outcome.errorOutput.contains("hint: the file system is read-only: choose another folder"))
    }
}
