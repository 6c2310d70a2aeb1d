import Foundation

/// The line that the killing test waits for, written without a buffer.
enum Announcement {
    static func write(_ line: String) throws {
        try FileHandle.standardOutput.write(contentsOf: Data(line.utf8))
    }
}
