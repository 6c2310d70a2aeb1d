/// What the survey itself came upon: settings that DMS may not share, code of others, tables that look like those of DMS, a link
/// that anybody could be at the end of.
public struct SurveyPreflight {
    let profile: Profile

    var findings: [Finding] {
        textSettings + codeOfOwners + tablesOfDMS
            + (profile.server.isLinkUnverified == true ? [Self.unverifiedLink] : [])
    }

    /// What is said of a link over which somebody could have posed as the server.
    public static let unverifiedLink = FindingID.linkUnverified.finding(
        .warning, "connection",
        "the connection crosses a network and the server's certificate was not verified: somebody on the way could read "
            + "along, or have posed as the server",
        remedy:
            "connect with sslmode=verify-full and sslrootcert=FILE, the certificate of the authority that signed the "
            + "server's (on Amazon RDS and Aurora the regional bundle)",
        reference: "PostgreSQL documentation, libpq, SSL support")

    /// Settings of which the session's own value gives texts of other sizes.
    private var textSettings: [Finding] {
        (profile.certificate?.settings ?? []).compactMap { entry in
            guard let known = TextSetting.allCases.first(where: { Self.isSame($0.name, entry.name) }),
                let own = entry.sessionDefault, let columns = entry.columns, columns > 0,
                known.mayGiveOtherSizes(own, version: profile.server.version)
            else { return nil }
            return finding(entry, own, columns)
        }
    }

    private static func isSame(_ name: StaticString, _ other: String) -> Bool {
        name.description.utf8.elementsEqual(other.utf8)
    }

    private func finding(_ setting: PinnedSetting, _ own: String, _ columns: Int) -> Finding {
        FindingID.textSettings.finding(
            .warning, setting.name,
            "\(setting.name) is \"\(own)\" for sessions of this database and role, and sizes were measured with "
                + "\"\(setting.value)\": a session of DMS has the former unless it sets its own, so the texts of "
                + "\(columns) measured column\(columns == 1 ? "" : "s") may be longer or shorter than measured",
            remedy:
                "for the role that DMS connects as: ALTER ROLE ... IN DATABASE "
                + "\(SQLText.quoted(profile.database)) SET \(setting.name) = \(SQLText.literal(setting.value));",
            reference: "PostgreSQL documentation, \(setting.name)")
    }

    /// Tables of DMS itself; or somebody else's, whose names look like those.
    private var tablesOfDMS: [Finding] {
        guard let names = profile.server.tablesOfDMS, let first = names.first else { return [] }
        let all = DatabasePreflight.list(names.map { "\"\($0.losslessText)\"" })
        return [
            FindingID.tablesOfDMS.finding(
                names.allSatisfy(Self.isOfDMS) ? .info : .warning, first.losslessText,
                "\(all): neither measured nor in any rule, because DMS makes tables of its own whose names begin with awsdms_",
                remedy: "rename what is yours, then run again; drop what a deleted task left behind",
                reference: "AWS DMS user guide, control table task settings")
        ]
    }

    /// Whether a name is one that the user guide lists.
    private static func isOfDMS(_ table: RelationName) -> Bool {
        let name = table.name.losslessText
        return name.utf8.starts(with: "awsdms_changes".utf8)
            || [
                "awsdms_apply_exceptions", "awsdms_ddl_audit", "awsdms_history", "awsdms_status",
                "awsdms_suspended_tables", "awsdms_txn_state", "awsdms_validation_failures_v1",
                "awsdms_validation_failures_v2",
            ].contains { $0.utf8.elementsEqual(name.utf8) }
    }

    /// Tables that were read although that may have run code of others, or that got such code when they had been read.
    private var codeOfOwners: [Finding] {
        profile.tables.flatMap { table -> [Finding] in
            let (relation, server) = (table.relation, profile.server)
            guard let functions = relation.foreignFunctions,
                table.columns.contains(where: { $0.measurement != nil })
            else { return [] }
            return functions.map { finding($0, of: relation, server.rolePower) }
        }
    }

    private func finding(
        _ function: ForeignFunction, of relation: Relation, _ power: RolePower?
    ) -> Finding {
        let name = relation.logicalName.losslessText
        return FindingID.codeOfOwner.finding(
            .info, name,
            "whoever reads \"\(name)\" may run \(function.schema.losslessText).\(function.name.losslessText)() of "
                + "\"\(function.owner.losslessText)\" with rights of their own, because PostgreSQL evaluates constant calls in "
                + "the expressions of indexes and statistics; it was read, " + grounds(power),
            remedy:
                "profile as a role that may only read, and use --trust-owners only after reading the function; DMS reads the "
                + "table too: give its role no more rights than its work takes",
            reference: "PostgreSQL documentation, CREATE INDEX")
    }

    /// Why a table was read whose owner's code may run, behind "it was read".
    private func grounds(_ power: RolePower?) -> String {
        guard let power else { return "as the role may only read" }
        return profile.options.trustsOwners == true
            ? "as --trust-owners says, by a role that \(power.text)"
            : "by a role that \(power.text), before that was noticed: it appeared during the run"
    }
}
