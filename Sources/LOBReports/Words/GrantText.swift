import LOBAdvice

/// What goes with the statements of ``Grants``.
enum GrantText {
    /// What the statements are for.
    static func title(_ grants: Grants) -> String {
        let who = grants.needsSuperuser ? "a superuser" : "the owner of the tables or a superuser"
        return "As \(who), to let \(grants.role.losslessText) read them"
    }
}
