internal import CLibPQ

/// What a connection is started with: the user's options, and ours where the user said nothing.
struct SessionSettings {
    let options: [Conninfo.Option]
    /// How long one address may take.
    let timeout: Duration
    /// Secrets that may not be in any text that is shown.
    let secrets: [[UInt8]]

    init(_ conninfo: Conninfo, applicationName: String, connectTimeout: Duration) {
        let effective = Self.effective(conninfo)
        func isSet(_ keyword: String) -> Bool {
            effective.contains { $0.keyword == keyword && !$0.value.isEmpty }
        }

        // 5 s of silence and two probes 2 s apart: a dead link is found within 9 s.
        let ours: [(String, String)] = [
            ("keepalives_idle", "5"), ("keepalives_interval", "2"), ("keepalives_count", "2"),
            ("tcp_user_timeout", "9000"),
        ]
        var all = conninfo
        for (keyword, value) in ours where !isSet(keyword) { all = all.setting(keyword, value) }
        all = all.setting("client_encoding", "UTF8").setting("fallback_application_name", applicationName)
        options = all.options
        secrets = (conninfo.options + effective).filter(\.isSecret).map(\.value)
        timeout = Self.seconds(effective, "connect_timeout").map { .seconds(max($0, 2)) } ?? connectTimeout
    }

    /// The options with those of the service file and the environment.
    ///
    /// Only libpq reads service files as libpq does. Asking it needs a connection object, so one is started
    /// with an SSL mode that it refuses before it touches the network.
    private static func effective(_ conninfo: Conninfo) -> [Conninfo.Option] {
        let refused = conninfo.setting("sslmode", "none of the known modes")
        guard let probe = unsafe ConninfoOptions.start(refused.options) else { return [] }
        defer { unsafe PQfinish(probe) }
        return unsafe ConninfoOptions.effective(probe)
    }

    private static func seconds(_ options: [Conninfo.Option], _ keyword: String) -> Int? {
        guard let option = options.first(where: { $0.keyword == keyword }) else { return nil }
        guard let text = String(validating: option.value, as: UTF8.self), let value = Int(text), value > 0
        else {
            return nil
        }
        return value
    }
}
