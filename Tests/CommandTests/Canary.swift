import Foundation
import Testing

/// Texts that are planted where secrets are, and that no output may have in any form.
enum Canary {
    /// A part of contents of rows.
    static let row = "canary-of-a-row"
    /// A password.
    static let password = "canary-of-a-password"

    /// What both begin with, in the forms in which a program could print them, all in lower case.
    private static let forms: [[UInt8]] = {
        let secret = Array("canary-of-a-".utf8)
        let wide: [UInt8] = secret.flatMap { [$0, 0] as [UInt8] }.dropLast()
        let escaped = [("", ""), ("", " "), ("\\u00", ""), ("\\x", ""), ("%", ""), ("&#x", ";")].map {
            (before: String, after: String) -> [UInt8] in
            Array(secret.map { before + String($0, radix: 16) + after }.joined().utf8)
        }
        return [secret, wide] + escaped + (0..<3).map { base64(secret, after: $0) }
    }()

    /// What is in the Base64 of every text with these bytes in it, so many bytes after a multiple of three.
    private static func base64(_ bytes: [UInt8], after offset: Int) -> [UInt8] {
        let text = Data([UInt8](repeating: 0, count: offset) + bytes).base64EncodedString()
        // The first group has foreign bits where something stands before, the last one where something follows.
        let first = offset == 0 ? 0 : 4
        let whole = (offset + bytes.count) / 3 * 4
        return Array(text.lowercased().utf8)[first..<whole].map(\.self)
    }

    /// The forms in which a canary is in some bytes.
    static func forms(in bytes: [UInt8]) -> [String] {
        let lower = Data(bytes.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 })
        return forms.filter { lower.range(of: Data($0)) != nil }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Fails the test where a canary is in some bytes.
    static func expectNone(in bytes: [UInt8], _ place: String) {
        let found = forms(in: bytes)
        #expect(found.isEmpty, "\(place) has \(found)")
    }
}
