import LOBStore
import Testing

struct FileNameTests {
    @Test(arguments: [
        ("orders", "orders"), ("Order_1.v-2", "Order_1.v-2"), ("", "_"), (".", "_"), ("..", "_."),
        ("../../etc/passwd", "_._.._etc_passwd"), ("-rf", "_rf"), ("--", "_-"), ("a b", "a_b"),
        ("a\u{0}b", "a_b"),
        ("caf\u{e9}", "caf__"), ("cafe\u{301}", "cafe__"), ("\u{202E}x", "___x"), ("\n", "_"),
        ("$(reboot)", "__reboot_"),
    ]) func otherBytesBecomeUnderscores(name: String, expected: String) {
        #expect(FileName.portable(Array(name.utf8)) == expected)
    }

    @Test func longNamesAreCutAt64Bytes() {
        #expect(FileName.portable([UInt8](repeating: 0x61, count: 63)).utf8.count == 63)
        #expect(FileName.portable([UInt8](repeating: 0x61, count: 1000)) == String(repeating: "a", count: 64))
    }

    @Test func anyBytesGiveAPortableName() {
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0...80)).map { _ in UInt8.random(in: 0...255) }
            let name = FileName.portable(bytes)
            let allowed = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-".utf8)
            #expect(name.utf8.allSatisfy(allowed.contains) && (1...64).contains(name.utf8.count), "\(bytes)")
            #expect(name.utf8.first != UInt8(ascii: ".") && name.utf8.first != UInt8(ascii: "-"), "\(bytes)")
        }
    }
}
