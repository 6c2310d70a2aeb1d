import Testing

@testable import PostgreSQLClient

/// Where somebody on the way could pose as the server.
@Suite struct LinkTests {
    @Test(arguments: [
        ("prefer", false, "10.0.0.7", true), ("prefer", true, "10.0.0.7", true),
        ("require", true, "203.0.113.9", true),
        ("disable", false, "2001:db8::1", true), ("allow", true, "192.168.1.1", true),
        ("verify-full", true, "203.0.113.9", false), ("verify-ca", true, "203.0.113.9", false),
        ("disable", false, "127.0.0.1", false), ("prefer", false, "127.9.9.9", false),
        ("prefer", false, "::1", false),
        ("prefer", false, "::ffff:127.0.0.1", false), ("prefer", false, "::ffff:10.0.0.7", true),
        ("prefer", false, "::12", true), ("prefer", false, "1.127.0.1", true),
    ])
    func aRemoteServerHasToBeVerified(mode: String, isTLS: Bool, address: String, isUnverified: Bool) {
        #expect(Link(sslMode: mode, isTLS: isTLS, address: address).isUnverifiedRemote == isUnverified)
    }

    @Test func socketsAndOtherWaysToProveTheServerAreFine() {
        #expect(!Link(sslMode: "prefer", isTLS: false, address: "", isUnixSocket: true).isUnverifiedRemote)
        #expect(
            !Link(sslMode: "prefer", isTLS: false, address: "10.0.0.7", isGSSEncrypted: true)
                .isUnverifiedRemote)
        #expect(
            !Link(sslMode: "require", isTLS: true, address: "10.0.0.7", requiresChannelBinding: true)
                .isUnverifiedRemote)
        // Without TLS there is no channel to bind to.
        #expect(
            Link(sslMode: "prefer", isTLS: false, address: "10.0.0.7", requiresChannelBinding: true)
                .isUnverifiedRemote)
    }
}
