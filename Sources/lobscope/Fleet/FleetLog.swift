import LOBAdvice
import LOBReports
import SystemPackage

/// What a profile said on standard error.
enum FleetLog {
    /// Bytes of the end that are looked at.
    private static let most = 1 << 20

    /// The last failure that it told, with its hint; nil where it told none.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - secret: a password that no message has, but which must not be shown whatever happens.
    static func reason(in path: String, hiding secret: String?) -> FleetEntry.Reason? {
        guard var source = try? ByteSource(path) else { return nil }
        defer { source.close() }
        guard let bytes = try? source.all(limit: most) else { return nil }
        let lines = bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        guard let last = lines.lastIndex(where: isFailure) else { return nil }
        let hint = lines[(last + 1)...].first { $0.utf8.starts(with: hintMark.utf8) }
        return FleetEntry.Reason(
            shown(lines[last], after: failureMark(of: lines[last]), secret),
            hint: hint.map { shown($0, after: hintMark, secret) })
    }

    private static let hintMark = "hint: "

    private static func isFailure(_ line: String) -> Bool { !failureMark(of: line).isEmpty }

    private static func failureMark(of line: String) -> String {
        ["lobscope: ", "Error: "].first { line.utf8.starts(with: $0.utf8) } ?? ""
    }

    private static func shown(_ line: String, after mark: String, _ secret: String?) -> String {
        let text = String(decoding: line.utf8.dropFirst(mark.utf8.count), as: UTF8.self)
        let open = Redaction.of(text, quoting: [])
        guard let secret, !secret.isEmpty else { return open }
        return open.replacing(secret, with: "***")
    }
}
