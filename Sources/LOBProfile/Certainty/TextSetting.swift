/// A setting of PostgreSQL that decides how values look as text, and what each transaction pins it to.
///
/// They were found by trying every setting that a role may change on values of 70 types: no other changes a text
/// (xmloption, xmlbinary and array_nulls do not). What pg_dump pins is pinned as it does; where a form is known that no
/// other is longer than, that is the one.
public enum TextSetting: Sendable, CaseIterable {
    case byteaOutput
    case dateStyle
    case extraFloatDigits
    case intervalStyle
    /// What money looks like. No form is the longest, so it stays as the session has it.
    case moneyLocale
    case identifierQuotes
    /// Decides whether regclass and its like come with their schema.
    case searchPath
    case timeZone

    /// Its name to the server.
    public var name: StaticString {
        switch self {
        case .byteaOutput: "bytea_output"
        case .dateStyle: "DateStyle"
        case .extraFloatDigits: "extra_float_digits"
        case .intervalStyle: "IntervalStyle"
        case .moneyLocale: "lc_monetary"
        case .identifierQuotes: "quote_all_identifiers"
        case .searchPath: "search_path"
        case .timeZone: "TimeZone"
        }
    }

    /// What it is pinned to; nil where it stays as it is.
    public var pinned: StaticString? {
        switch self {
        case .byteaOutput: "hex"
        case .dateStyle: "ISO, YMD"
        // From 12 on everything over 0 is the shortest text that gives the number back.
        case .extraFloatDigits: "3"
        case .intervalStyle: "postgres"
        case .moneyLocale: nil
        case .identifierQuotes: "off"
        case .searchPath: ""
        // An offset with seconds, as local mean times have it, is the longest: nine characters where UTC has three. This
        // one moves times by a second only; a zone of the tz database has it for some years alone.
        case .timeZone: "INTERVAL '00:00:01'"
        }
    }

    /// Whether texts under a session's own value may be of other sizes, longer ones included, than under the pinned one.
    ///
    /// - Parameters:
    ///   - value: what a session of the database has.
    ///   - version: `server_version_num`.
    public func mayGiveOtherSizes(_ value: String, version: Int) -> Bool {
        switch self {
        case .byteaOutput, .intervalStyle, .identifierQuotes:
            !value.utf8.elementsEqual((pinned ?? "").description.utf8)
        case .dateStyle: !value.utf8.starts(with: "ISO".utf8)
        case .extraFloatDigits: (Int(value) ?? 0) < (version >= 120_000 ? 1 : 3)
        // Pinned to the longest form, or not pinned.
        case .moneyLocale, .searchPath, .timeZone: false
        }
    }
}
