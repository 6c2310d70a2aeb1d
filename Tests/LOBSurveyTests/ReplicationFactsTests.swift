import EphemeralPostgreSQL
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import TestSupport
import Testing

/// What of a server decides whether changes can be captured, against what psql says of it.
@Suite(.timeLimit(.minutes(2))) struct ReplicationFactsTests {
    @Test func theFactsAreThoseOfTheServer() async throws {
        let cluster = try await EphemeralCluster.start(settings: [
            "max_prepared_transactions": "2", "max_slot_wal_keep_size": "64MB", "wal_sender_timeout": "7s",
            "max_replication_slots": "3", "max_wal_senders": "4",
        ])
        try await cluster.createDatabase("facts")
        try await cluster.psql(
            "SELECT pg_create_logical_replication_slot('s', 'test_decoding'); CREATE TABLE t (t text)",
            database: "facts")
        try await cluster.psql(
            "BEGIN; INSERT INTO t VALUES ('x'); PREPARE TRANSACTION 'open';", database: "facts")
        let profile = try await Survey(
            try Conninfo(cluster.conninfo(database: "facts")), options: SurveyOptions()
        ).run()
        let facts = try #require(profile.server.replication)
        #expect(
            facts
                == ReplicationFacts(
                    walLevel: "logical", slots: .init(limit: 3, taken: 1), senders: .init(limit: 4, taken: 0),
                    slotKeepMebibytes: 64, senderTimeoutMilliseconds: 7000, preparedTransactions: 1))
        let ids = Set(Recommender(profile).recommend().findings.map(\.id))
        #expect(
            ids.isSuperset(of: [
                "source-slot-keep-size", "source-sender-timeout", "source-prepared-transactions",
            ]))
        #expect(ids.isDisjoint(with: ["source-wal-level", "source-replication-slots", "source-wal-senders"]))
        try await cluster.psql("ROLLBACK PREPARED 'open'", database: "facts")
        await cluster.stop()
    }
}
