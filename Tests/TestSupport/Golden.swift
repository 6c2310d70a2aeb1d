import Foundation
public import Testing

/// Expects text to equal the file `Golden/<name>` beside the test's source file, byte by byte.
///
/// With `RECORD_GOLDEN=1` it writes the file and fails, so that a recording run is never a passing one.
public func expect(
    _ text: String, matchesGolden name: String, filePath: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    expect(Array(text.utf8), matchesGolden: name, filePath: filePath, sourceLocation: sourceLocation)
}

/// Expects bytes to equal the file `Golden/<name>` beside the test's source file.
public func expect(
    _ bytes: [UInt8], matchesGolden name: String, filePath: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let file = URL(fileURLWithPath: filePath).deletingLastPathComponent()
        .appendingPathComponent("Golden").appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
        record(bytes, in: file, sourceLocation: sourceLocation)
        return
    }
    guard let golden = try? Data(contentsOf: file) else {
        Issue.record("\"\(file.path)\" is missing\nhint: RECORD_GOLDEN=1", sourceLocation: sourceLocation)
        return
    }
    guard Array(golden) != bytes else { return }
    Issue.record(
        "\"\(name)\" differs: \(firstDifference(Array(golden), bytes))", sourceLocation: sourceLocation)
}

private func record(_ bytes: [UInt8], in file: URL, sourceLocation: SourceLocation) {
    do {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        Issue.record("\"\(file.path)\" was recorded, not compared", sourceLocation: sourceLocation)
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
}

/// The first line where two texts differ, both ways.
private func firstDifference(_ golden: [UInt8], _ found: [UInt8]) -> String {
    let lineEnd = UInt8(ascii: "\n")
    let old = golden.split(separator: lineEnd, omittingEmptySubsequences: false)
    let new = found.split(separator: lineEnd, omittingEmptySubsequences: false)
    for index in 0..<max(old.count, new.count) {
        let before = index < old.count ? String(decoding: old[index], as: UTF8.self) : "(end)"
        let after = index < new.count ? String(decoding: new[index], as: UTF8.self) : "(end)"
        if before.utf8.elementsEqual(after.utf8) { continue }
        return "line \(index + 1)\n- \(before)\n+ \(after)"
    }
    return "invalid UTF-8"
}
