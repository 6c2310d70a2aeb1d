/// What the survey itself came upon.
public enum SurveyFinding: Hashable, Sendable {
    case unverifiedLink
    /// A setting, as sessions of the database and role have it, and in how many columns that may matter.
    case textSetting(PinnedSetting, own: String, columns: Int, database: Identifier)
    case tablesOfDMS([RelationName])
    /// A function that may run when the subject is read, and why it was read all the same.
    case codeOfOwner(schema: Identifier, function: Identifier, owner: Identifier, ReadingGrounds)

    /// Why a table was read whose owner's code may run.
    public enum ReadingGrounds: Hashable, Sendable {
        case roleMayOnlyRead
        case ownersAreTrusted(RolePower)
        /// The function appeared when the table had been read.
        case noticedLater(RolePower)
    }
}

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
        .warning, "connection", .survey(.unverifiedLink), .postgreSQL("libpq, SSL support"))

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
            .survey(.textSetting(setting, own: own, columns: columns, database: profile.database)),
            .postgreSQL(setting.name))
    }

    /// Tables of DMS itself; or somebody else's, whose names look like those.
    private var tablesOfDMS: [Finding] {
        guard let names = profile.server.tablesOfDMS, let first = names.first else { return [] }
        return [
            FindingID.tablesOfDMS.finding(
                names.allSatisfy(Self.isOfDMS) ? .info : .warning, first.losslessText,
                .survey(.tablesOfDMS(names)), .controlTables)
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
        FindingID.codeOfOwner.finding(
            .info, relation.logicalName.losslessText,
            .survey(
                .codeOfOwner(
                    schema: function.schema, function: function.name, owner: function.owner, grounds(power))),
            .postgreSQL("CREATE INDEX"))
    }

    /// Why a table was read whose owner's code may run.
    private func grounds(_ power: RolePower?) -> SurveyFinding.ReadingGrounds {
        guard let power else { return .roleMayOnlyRead }
        return profile.options.trustsOwners == true ? .ownersAreTrusted(power) : .noticedLater(power)
    }
}
