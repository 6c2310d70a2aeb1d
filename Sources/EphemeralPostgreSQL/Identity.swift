#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The user and group that a server runs as when it must not be root.
struct Identity: Sendable, Equatable {
    var user: UInt32
    var group: UInt32

    /// The identity to take on: nil unless the process is root, else `postgres`, or else `nobody`.
    static func unprivileged() async throws(ClusterError) -> Identity? {
        guard geteuid() == 0 else { return nil }
        for name in ["postgres", "nobody"] {
            guard let user = await number("-u", of: name), user != 0,
                let group = await number("-g", of: name)
            else { continue }
            return Identity(user: user, group: group)
        }
        throw .noUnprivilegedUser
    }

    private static func number(_ option: String, of name: String) async -> UInt32? {
        let command = Command(program: "id", arguments: [option, name], directory: "/usr/bin")
        return (try? await command.run()).flatMap { UInt32($0.text) }
    }
}
