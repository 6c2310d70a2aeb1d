import LOBAdvice

extension SurveyFinding {
    /// - Parameter name: of the table.
    func text(of name: String) -> FindingText {
        switch self {
        case .unverifiedLink:
            .init(
                "the connection crosses a network and the server's certificate was not verified: somebody on the way could read "
                    + "along, or have posed as the server",
                remedy:
                    "connect with sslmode=verify-full and sslrootcert=FILE, the certificate of the authority that signed the "
                    + "server's (on Amazon RDS and Aurora the regional bundle)")
        case .textSetting(let setting, let own, let columns, let database):
            .init(
                "\(setting.name) is \"\(own)\" for sessions of this database and role, and sizes were measured with "
                    + "\"\(setting.value)\": a session of DMS has the former unless it sets its own, so the texts of "
                    + "\(columns) measured column\(columns == 1 ? "" : "s") may be longer or shorter than measured",
                remedy:
                    "for the role that DMS connects as: ALTER ROLE ... IN DATABASE "
                    + "\(SQLText.quoted(database)) SET \(setting.name) = \(SQLText.literal(setting.value));")
        case .tablesOfDMS(let tables):
            .init(
                "\(FindingText.list(tables)): neither measured nor in any rule, because DMS makes tables of its own whose names "
                    + "begin with awsdms_",
                remedy: "rename what is yours, then run again; drop what a deleted task left behind")
        case .codeOfOwner(let schema, let function, let owner, let grounds):
            .init(
                "whoever reads \"\(name)\" may run \(schema.losslessText).\(function.losslessText)() of "
                    + "\"\(owner.losslessText)\" with rights of their own, because PostgreSQL evaluates constant calls in "
                    + "the expressions of indexes and statistics; it was read, " + grounds.text,
                remedy:
                    "profile as a role that may only read, and use --trust-owners only after reading the function; DMS reads the "
                    + "table too: give its role no more rights than its work takes")
        }
    }
}

extension SurveyFinding.ReadingGrounds {
    /// Behind "it was read".
    fileprivate var text: String {
        switch self {
        case .roleMayOnlyRead: "as the role may only read"
        case .ownersAreTrusted(let power): "as --trust-owners says, by a role that \(power.text)"
        case .noticedLater(let power):
            "by a role that \(power.text), before that was noticed: it appeared during the run"
        }
    }
}
