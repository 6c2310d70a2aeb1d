import LOBProfile
import PostgreSQLClient

@testable import LOBSurvey

/// A statement about the server and its catalogs, as each version gets it.
struct VersionedStatement {
    let name: String
    /// By `server_version_num`.
    let sql: (Int) -> SQL

    /// All that a survey and its companions ask beside the rows of tables.
    static var all: [VersionedStatement] { catalog + moments + load + largeObjects + companions }

    private static func read(_ name: String, _ sql: @escaping (CatalogSQL) -> SQL) -> VersionedStatement {
        VersionedStatement(name: name) { sql(CatalogSQL(serverVersion: $0)) }
    }

    private static var catalog: [VersionedStatement] {
        [
            read("facts about the server", \.server), read("system identifier", \.systemIdentifier),
            read("publications", \.publications), read("tables of DMS", \.tablesOfDMS),
            read("types", \.types), read("columns") { $0.columns(of: [25, 114] as [UInt32]) },
            read("census of columns") { $0.census(of: [(oid: UInt32(23), modifier: -1)]) },
            read("unique indexes", \.uniqueIndexes), read("foreign keys", \.foreignKeys),
            read("generated columns", \.generatedColumns), read("inheritance", \.inheritance),
            read("views", \.views), read("relations", \.relations),
            read("delay of a replica") { _ in CatalogSQL.standbyDelay },
            read("digest of inheritance") { _ in CatalogSQL.inheritanceDigest },
            read("altered relations") { _ in CatalogSQL.alteredRelations(since: 700) },
            read("extensions") { _ in KnownExtensions.query },
            VersionedStatement(name: "code of others") { CodeOfOthersSQL(serverVersion: $0).query },
        ]
    }

    private static var moments: [VersionedStatement] {
        [
            VersionedStatement(name: "moment") { MomentQuery(serverVersion: $0).statement.sql },
            VersionedStatement(name: "position") { MomentQuery(serverVersion: $0).position.sql },
            VersionedStatement(name: "known server") { _ in KnownServer.Answer.query },
        ]
    }

    private static var load: [VersionedStatement] {
        [
            VersionedStatement(name: "load") { LoadSQL(serverVersion: $0, isReplica: false).load },
            VersionedStatement(name: "lag of replicas") { LoadSQL(serverVersion: $0, isReplica: false).lag },
            VersionedStatement(name: "lag of a replica") { LoadSQL(serverVersion: $0, isReplica: true).lag },
            VersionedStatement(name: "position of the WAL") {
                LoadSQL(serverVersion: $0, isReplica: false).walPosition
            },
        ]
    }

    private static var largeObjects: [VersionedStatement] {
        let fixed: [(String, SQL)] = [
            ("facts about large objects", LargeObjectSQL.facts),
            ("large objects by their last page", LargeObjectSQL.objects(by: .lastPage)),
            ("large objects by opening", LargeObjectSQL.objects(by: .opening)),
            ("large objects without sizes", LargeObjectSQL.unmeasuredObjects),
            ("stored bytes of large objects", LargeObjectSQL.stored()),
            ("owners of large objects", LargeObjectSQL.owners()),
            ("labels of large objects", LargeObjectSQL.securityLabels),
            ("TOAST relation", ToastFacts.statement),
        ]
        return [
            VersionedStatement(name: "columns of type oid") {
                ReferenceCatalog(serverVersion: $0, kind: .oids).query
            },
            VersionedStatement(name: "columns that may hold OIDs as numbers") {
                ReferenceCatalog(serverVersion: $0, kind: .numbers(digits: 5)).query
            },
        ] + fixed.map { statement in VersionedStatement(name: statement.0) { _ in statement.1 } }
    }

    private static var companions: [VersionedStatement] {
        let fixed: [(String, SQL)] = [
            ("tables of pglogical", ReplicationSetSQL.tables),
            ("replication sets of pglogical 1", ReplicationSetSQL.members(isVersion2: false)),
            ("replication sets of pglogical 2", ReplicationSetSQL.members(isVersion2: true)),
            ("logical slots", ReplicationSetSQL.slots), ("control tables of DMS", ControlTableSQL.tables),
            ("columns of a key", PatchStatement.columnNames(of: 1)),
        ]
        return fixed.map { statement in VersionedStatement(name: statement.0) { _ in statement.1 } }
    }

    /// The statement for each version, one after the other; those that get the same together.
    static func listing(for servers: [OldServer]) -> String {
        all.map { statement in
            var texts: [(text: String, servers: [OldServer])] = []
            for server in servers {
                let text = statement.sql(server.version).text
                if texts.last?.text == text {
                    texts[texts.count - 1].servers.append(server)
                } else {
                    texts.append((text, [server]))
                }
            }
            return texts.map { entry in
                let versions = entry.servers.map(\.description).joined(separator: ", ")
                return "-- \(statement.name): \(versions)\n\(entry.text);\n"
            }.joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
