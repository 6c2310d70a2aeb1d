public import LOBProfile

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The JSON of profiles, with sorted keys.
public enum ProfileJSON {
    /// The bytes that `JSONEncoder` makes of a profile, made of a few tables at a time: for 50,000 tables it holds
    /// 1 GB beside the 150 MB that it makes.
    ///
    /// - Throws: `EncodingError` where a value has no form in JSON.
    public static func bytes(of profile: Profile) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var rest = profile
        rest.tables = []
        let frame = Array(try encoder.encode(rest))
        let opening = try end(ofTablesIn: frame)
        var output = Array(frame[..<opening])
        for first in stride(from: 0, to: profile.tables.count, by: portion) {
            if first > 0 { output.append(UInt8(ascii: ",")) }
            let tables = Array(profile.tables[first..<min(first + portion, profile.tables.count)])
            // As an array of bytes, which is appended at once.
            let list = Array(try encoder.encode(tables))
            output += list[1..<list.count - 1]
        }
        output += frame[opening...]
        return output
    }

    private static let portion = 100

    /// Where the tables belong: behind the bracket of the document's own empty list of them.
    private static func end(ofTablesIn frame: [UInt8]) throws -> Int {
        let name = Array(#""tables":[]"#.utf8)
        var (depth, isText, isEscaped) = (0, false, false)
        for (position, byte) in frame.enumerated() {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "\""):
                if !isText, depth == 1, frame[position...].starts(with: name) {
                    return position + name.count - 1
                }
                isText.toggle()
            case UInt8(ascii: "{") where !isText, UInt8(ascii: "[") where !isText: depth += 1
            case UInt8(ascii: "}") where !isText, UInt8(ascii: "]") where !isText: depth -= 1
            default: break
            }
        }
        throw EncodingError.invalidValue(
            frame.count, .init(codingPath: [], debugDescription: "the profile has no list of tables"))
    }
}
