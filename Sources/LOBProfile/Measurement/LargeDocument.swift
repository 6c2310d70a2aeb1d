public import SizeStatistics

/// One of the largest json or jsonb values of a column, taken apart at its top level.
///
/// Keys and sizes only, never what stands behind a key.
public struct LargeDocument: Hashable, Sendable, Codable {
    /// Its size and place, as in ``ColumnMeasurement/largest``.
    public let value: LocatedSize
    public let content: Content

    /// What it is at its top level.
    public enum Content: Hashable, Sendable, Codable {
        /// An object with so many different keys, and the heaviest of them, heaviest first; at most ``HeavyKey/kept``.
        case object(keys: Int, heaviest: [HeavyKey])
        /// An array of so many elements.
        case array(elements: Int)
        /// Neither of them.
        case scalar
        /// It was not taken apart.
        case notKnown(Reason)
    }

    /// Why a value was not taken apart.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        /// The row has gone since, or its value has another size.
        case changed
        /// It is larger than what is taken apart.
        case tooLarge = "too-large"
        /// The server could not.
        case failed
    }

    /// Creates a document.
    public init(value: LocatedSize, content: Content) {
        self.value = value
        self.content = content
    }

    /// Its heaviest keys; empty where it is no object.
    public var heaviest: [HeavyKey] {
        if case .object(_, let heaviest) = content { heaviest } else { [] }
    }

    /// The size that the value has without its heaviest keys: exact for jsonb, whose text has one form; for json at most, because
    /// white space that goes with them is not counted.
    ///
    /// - Parameters:
    ///   - count: how many of ``heaviest`` are left out.
    ///   - family: that of the column.
    /// - Returns: ``Figure/notKnown`` where so many keys are not known.
    public func size(withoutHeaviest count: Int, of family: TypeFamily) -> Figure {
        guard case .object(let keys, let heaviest) = content, (0...heaviest.count).contains(count) else {
            return .notKnown
        }
        // `: ` and `, ` in the text of jsonb, of which the last key has only the former; without spaces in json.
        let separator: Int64 = family == .jsonb ? 2 : 1
        let gone = heaviest.prefix(count)
        let members = gone.reduce(0) { $0 + $1.size.bytes + 2 * separator * Int64($1.occurrences) }
        let rest = value.size.bytes - members + (count == keys && count > 0 ? separator : 0)
        return family == .jsonb ? .exact(rest) : .atMost(rest)
    }
}

/// A key of the top level of a json or jsonb object, and what it takes.
public struct HeavyKey: Hashable, Sendable, Codable {
    /// Its spelling in the value, between the quotation marks, escapes as they are there; or the beginning of its SHA-256.
    public let name: Identifier
    /// Whether the spelling goes on behind ``name``.
    public let isCut: Bool
    /// How often it occurs, which is more than once in json only.
    public let occurrences: Int
    /// Bytes of the spelling with its quotation marks and of what stands behind it, of all occurrences together.
    public let size: ByteCount

    /// Creates a key.
    public init(name: Identifier, isCut: Bool, occurrences: Int, size: ByteCount) {
        self.name = name
        self.isCut = isCut
        self.occurrences = occurrences
        self.size = size
    }

    /// How many are kept of a value.
    public static let kept = 10
    /// Characters of a spelling that are kept.
    public static let longest = 128
    /// Hexadecimal digits of a hash.
    public static let hashDigits = 12
}
