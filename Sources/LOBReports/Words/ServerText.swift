import LOBAdvice

/// The server in words.
enum ServerText {
    /// `PostgreSQL 15.18 (replica)`.
    static func name(_ server: ServerFacts) -> String {
        "PostgreSQL \(version(server.version)) (\(server.isReplica ? "replica" : "primary"))"
    }

    /// `server_version_num` as people write it: 150018 is 15.18, 90624 is 9.6.24.
    static func version(_ number: Int) -> String {
        number >= 100_000
            ? "\(number / 10_000).\(number % 10_000)"
            : "\(number / 10_000).\(number / 100 % 100).\(number % 100)"
    }
}
