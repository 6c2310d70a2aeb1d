/// Where and how to connect, as libpq understands it; secrets in it cannot be printed.
///
/// What it leaves open comes from the environment (`PGHOST` …), the service file and the password file.
public struct Conninfo: Sendable {
    /// One keyword of libpq with its value.
    struct Option: Sendable {
        let keyword: String
        let value: [UInt8]

        /// Whether libpq, or a later libpq, calls it a secret.
        var isSecret: Bool { ConninfoText.secretKeywords.contains(keyword) }
    }

    private(set) var options: [Option]

    /// Reads a URI (`postgresql://…`), a keyword string (`host=… dbname=…`) or the bare name of a database.
    ///
    /// - Parameter text: nil or an empty text leaves everything to the environment and the files of libpq.
    /// - Throws: `PostgreSQLError.conninfo` if libpq would not take it; the text is never quoted.
    public init(_ text: String?) throws(PostgreSQLError) {
        options = try ConninfoText.options(of: Array((text ?? "").utf8))
    }

    /// A copy with one option set, which then goes before the text, the environment and the service file.
    public func setting(_ keyword: String, _ value: String) -> Conninfo {
        var copy = self
        copy.options.removeAll { $0.keyword == keyword }
        copy.options.append(Option(keyword: keyword, value: Array(value.utf8)))
        return copy
    }

    /// A copy that leads to another server, with everything else as it is: a password in it is sent there too.
    public func leading(toHost host: String, port: Int) -> Conninfo {
        var copy = self
        // It would go before the host.
        copy.options.removeAll { $0.keyword == "hostaddr" }
        return copy.setting("host", host).setting("port", "\(port)")
    }

    /// The value given for an option, escaped for display; nil if it was not given or is a secret.
    public func value(_ keyword: String) -> String? {
        guard let option = options.first(where: { $0.keyword == keyword }), !option.isSecret else {
            return nil
        }
        return VisibleText.escaping(option.value)
    }
}

extension Conninfo: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The options as keyword string; the value of a secret is shown as asterisks.
    public var description: String {
        options.map { "\($0.keyword)=\(Self.shown($0))" }.joined(separator: " ")
    }

    /// The same as `description`.
    public var debugDescription: String { "Conninfo(\(description))" }

    /// The options as children; the value of a secret is shown as asterisks.
    public var customMirror: Mirror {
        Mirror(
            self, children: options.map { (label: $0.keyword, value: Self.shown($0)) }, displayStyle: .struct)
    }

    /// The options as a keyword string that libpq reads again, without secrets; nil where a value is no UTF-8.
    public var withoutSecrets: String? {
        var parts: [String] = []
        for option in options where !option.isSecret {
            guard let value = String(validating: Self.quoted(option.value), as: UTF8.self) else { return nil }
            parts.append("\(option.keyword)=\(value)")
        }
        return parts.joined(separator: " ")
    }

    /// A value of a keyword string: in quotes where it is empty or has spaces, quotes or backslashes.
    private static func quoted(_ value: [UInt8]) -> [UInt8] {
        let special = [UInt8(ascii: "'"), UInt8(ascii: "\\")]
        guard value.isEmpty || value.contains(where: { $0 <= 0x20 || special.contains($0) }) else {
            return value
        }
        let escaped = value.flatMap { special.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
        return [special[0]] + escaped + [special[0]]
    }

    private static func shown(_ option: Option) -> String {
        option.isSecret ? "********" : VisibleText.escaping(option.value)
    }
}

extension Conninfo {
    /// What another process needs to connect in the same way, with nothing secret among its arguments, which others can see.
    public struct Handover: Sendable {
        /// A keyword string without secrets.
        public let text: String
        /// The password, for `PGPASSWORD` of that process; nil where none was given.
        public let password: String?
    }

    /// Takes the password out.
    ///
    /// - Throws: `PostgreSQLError.conninfo` where another process would not connect in the same way: for secrets that only a
    ///   connection string can hold, and for a password beside a service, whose own one would go before it.
    public func handover() throws(PostgreSQLError) -> Handover {
        var (pairs, password): ([String], String?) = ([], nil)
        for option in options {
            guard let value = String(validating: option.value, as: UTF8.self) else {
                throw .conninfo(
                    reason: "connection string has a value for \(option.keyword) that is not UTF-8", hint: nil
                )
            }
            if option.keyword == "password" {
                password = value
            } else if option.isSecret {
                throw .conninfo(
                    reason: "connection string has \(option.keyword), a secret",
                    hint: "write it in a service file")
            } else {
                pairs.append("\(option.keyword)='\(Self.quoted(value))'")
            }
        }
        guard password == nil || !options.contains(where: { $0.keyword == "service" }) else {
            throw .conninfo(
                reason: "connection string has a password beside a service",
                hint: "write it in the service file or in ~/.pgpass")
        }
        return Handover(text: pairs.joined(separator: " "), password: password)
    }

    /// The inside of a quoted value: `'` and `\` take a backslash.
    private static func quoted(_ value: String) -> String {
        let bytes = value.utf8.flatMap { $0 == 0x27 || $0 == 0x5C ? [0x5C, $0] : [$0] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
