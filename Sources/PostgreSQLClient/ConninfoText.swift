internal import CLibPQ

/// A connection string as the user typed it, read by libpq itself.
///
/// libpq quotes the string, or pieces of a password that was not percent-encoded, in its messages. None of
/// them is passed on: each failure is told in our own words.
enum ConninfoText {
    static func options(of text: [UInt8]) throws(PostgreSQLError) -> [Conninfo.Option] {
        guard !text.isEmpty else { return [] }
        guard !text.contains(0) else { throw refusal("has a NUL byte") }
        let isURI = isURI(text)
        guard isURI || text.contains(0x3D) || contains(text, "://") else {
            return [Conninfo.Option(keyword: "dbname", value: try databaseName(text))]
        }
        if isURI { try refuseUnencodedUserInfo(text) }
        let options = try parse(text)
        for option in options { try check(option, isURI: isURI) }
        return options
    }

    /// Keywords that libpq marks as passwords (dispchar `*`), and keys that later versions added.
    static let secretKeywords: Set<String> = {
        var keywords: Set = [
            "password", "sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret",
        ]
        guard let all = unsafe PQconninfoParse("", nil) else { return keywords }
        defer { unsafe PQconninfoFree(all) }
        var next = unsafe all
        while let keyword = unsafe next.pointee.keyword {
            if unsafe CText.bytes(next.pointee.dispchar).first == 0x2A {
                keywords.insert(unsafe CText.visible(keyword))
            }
            unsafe next += 1
        }
        return keywords
    }()

    private static func parse(_ text: [UInt8]) throws(PostgreSQLError) -> [Conninfo.Option] {
        var message: UnsafeMutablePointer<CChar>?
        let parsed = unsafe (text + [0]).withUnsafeBufferPointer { buffer in
            unsafe buffer.withMemoryRebound(to: CChar.self) {
                unsafe PQconninfoParse($0.baseAddress, &message)
            }
        }
        guard let parsed = unsafe parsed else {
            let reason = unsafe CText.bytes(message)
            unsafe PQfreemem(message)
            throw explain(reason)
        }
        defer { unsafe PQconninfoFree(parsed) }
        return unsafe ConninfoOptions.read(parsed)
    }

    /// A bare word is a database name, unless it looks like a mistyped connection string with a secret in it.
    private static func databaseName(_ text: [UInt8]) throws(PostgreSQLError) -> [UInt8] {
        let looksLikeAddress = text.contains(0x40) || text.starts(with: "postgres:".utf8)
        guard !looksLikeAddress, !text.starts(with: "postgresql:".utf8) else {
            throw refusal(
                "is neither a URI nor keyword=value",
                hint: "write postgresql://user@host/database, or host=… user=… dbname=…")
        }
        return text
    }

    private static func isURI(_ text: [UInt8]) -> Bool {
        text.starts(with: "postgresql://".utf8) || text.starts(with: "postgres://".utf8)
    }

    /// A raw `@` or `/` in a password makes libpq take the rest of it for a host, a port or a database, which are
    /// not secret and would be printed.
    private static func refuseUnencodedUserInfo(_ text: [UInt8]) throws(PostgreSQLError) {
        let beforeQuery = text.prefix { $0 != 0x3F }
        let afterScheme = beforeQuery.drop { $0 != 0x2F }.dropFirst(2)
        let authority = afterScheme.prefix { $0 != 0x2F }
        let signs = afterScheme.count { $0 == 0x40 }
        guard signs <= 1, signs == authority.count(where: { $0 == 0x40 }) else {
            throw refusal(
                "has a special character in its user, password or database that is not percent-encoded",
                hint: "write @ as %40 and / as %2F, or use PGPASSWORD or ~/.pgpass")
        }
    }

    private static func check(_ option: Conninfo.Option, isURI: Bool) throws(PostgreSQLError) {
        switch option.keyword {
        case "port":
            let isNumeric = option.value.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2C || $0 == 0x20 }
            guard isNumeric else {
                throw refusal(
                    "has a port that is not a number",
                    hint:
                        "percent-encode special characters of a password in a URI, or use PGPASSWORD or ~/.pgpass"
                )
            }
        case "host" where isURI && option.value.contains(0x40):
            throw refusal("has a host with an @ in it", hint: "write @ in a password as %40")
        default: break
        }
    }

    private static func explain(_ message: [UInt8]) -> PostgreSQLError {
        let known: [(fragment: StaticString, reason: String, hint: String?)] = [
            (
                "missing \"=\"", "has a word without =",
                "put a value with spaces in single quotes: password='a b'; or use a URI"
            ),
            (
                "invalid connection option", "has an option that libpq does not know",
                "see the parameter key words in the manual of libpq"
            ),
            (
                "invalid URI query parameter", "has a parameter after ? that libpq does not know",
                "percent-encode & and ? in values"
            ),
            ("percent-encoded", "has an invalid percent-encoding", "write % as %25"),
            ("%00", "has an encoded NUL byte", "leave %00 out: no value can hold it"),
            (
                "unterminated quoted string", "has a quote that is not closed",
                "close it, and write a quote inside a value as \\'"
            ),
            (
                "key/value separator", "has a parameter after ? that is not key=value",
                "percent-encode = and &"
            ),
            (
                "IPv6 host address", "has an IPv6 address that is not of the form [address]",
                "write postgresql://user@[::1]:5432/database"
            ),
            (
                "unexpected character", "has an unexpected character after the host",
                "percent-encode what is special in a URI, such as / as %2F"
            ),
        ]
        for entry in known where contains(message, entry.fragment) {
            return refusal(entry.reason, hint: entry.hint)
        }
        return refusal(
            "cannot be read by libpq",
            hint: "write postgresql://user@host/database, or host=… user=… dbname=…")
    }

    private static func refusal(_ reason: String, hint: String? = nil) -> PostgreSQLError {
        .conninfo(reason: "connection string " + reason, hint: hint)
    }

    /// Whether the ASCII text `part` occurs in `text`, byte by byte.
    static func contains(_ text: [UInt8], _ part: StaticString) -> Bool {
        ByteSearch.first(Array(part.description.utf8), in: text) != nil
    }
}
