/// `--target`: where a task writes to, in DMS's names of engines.
public enum TargetEngine: String, Sendable, Codable, CaseIterable {
    case postgres, mysql, mariadb, oracle, sqlserver, babelfish, redshift, s3, kinesis, kafka, dynamodb,
        opensearch
    case redis, documentdb, neptune, db2

    /// Whether DMS can write LOBs of any size there (full LOB mode).
    ///
    /// DMS user guide, LOB support and the targets' own pages: not with Redshift, S3, Kafka, Kinesis, Redis and
    /// Babelfish and Db2. DynamoDB and OpenSearch take an item or document as a whole, so a LOB cannot be written in
    /// chunks; Neptune takes no LOB; for DocumentDB the guide does not say it, so it is not counted on.
    public var supportsFullLOBMode: Bool {
        switch self {
        case .postgres, .mysql, .mariadb, .oracle, .sqlserver: true
        case .babelfish, .redshift, .s3, .kinesis, .kafka, .dynamodb, .opensearch, .redis, .documentdb,
            .neptune, .db2:
            false
        }
    }

    /// Whether the user guide says what becomes of LOBs there.
    ///
    /// Of DocumentDB it says only that changes of tables without a primary key leave LOBs out.
    var documentsLOBs: Bool { self != .documentdb }

    /// Why a task from PostgreSQL cannot write there; nil where it can.
    func refusal(of type: Policy.MigrationType) -> String? {
        switch self {
        case .db2: "DMS writes to Db2 only from Db2"
        case .neptune where type != .fullLoad: "DMS writes to Neptune only in full load, no changes"
        default: nil
        }
    }

    /// Whether DMS writes LOBs of a class there at all: no LOB to OpenSearch and Neptune, only character data to
    /// DynamoDB (DMS user guide, the targets' own pages).
    func takes(_ lobClass: LOBClass) -> Bool {
        switch self {
        case .opensearch, .neptune: lobClass == .none
        case .dynamodb: lobClass != .blob
        default: true
        }
    }

    /// Whether LOB settings of a table have an effect (DMS user guide, table settings: Oracle, SQL Server, MySQL
    /// and PostgreSQL).
    public var supportsTableLOBSettings: Bool {
        switch self {
        case .postgres, .mysql, .mariadb, .oracle, .sqlserver: true
        case .babelfish, .redshift, .s3, .kinesis, .kafka, .dynamodb, .opensearch, .redis, .documentdb,
            .neptune, .db2:
            false
        }
    }

    /// The most KiB of a value that fit there; nil where the target sets no limit of its own that matters.
    func largestValue(_ lobClass: LOBClass) -> Cap? {
        switch self {
        case .redshift:
            Cap(
                size: Kibibytes(lobClass == .blob ? 31 : 63),
                reason: "Redshift keeps a value in a VARCHAR of 65,535 bytes, a BLOB in hexadecimal",
                reference: "AWS DMS user guide, Amazon Redshift target data types")
        case .kinesis:
            Cap(
                size: Kibibytes(1024),
                reason: "a record of Kinesis, which is a whole row, has 1 MiB by default",
                reference: "Kinesis Data Streams developer guide, quotas")
        case .kafka:
            Cap(
                size: Kibibytes(976),
                reason:
                    "a message, which is a whole row, has MessageMaxBytes of the endpoint, 1,000,000 by default",
                reference: "AWS DMS API reference, KafkaSettings")
        case .dynamodb:
            Cap(
                size: Kibibytes(400), reason: "an item of DynamoDB, which is a whole row, has 400 KB",
                reference: "DynamoDB developer guide, quotas")
        case .documentdb:
            Cap(
                size: Kibibytes(16 * 1024),
                reason: "a document of DocumentDB, which is a whole row, has 16 MB",
                reference: "DocumentDB developer guide, quotas and limits")
        case .postgres, .mysql, .mariadb, .oracle, .sqlserver, .babelfish, .s3, .opensearch, .redis, .neptune,
            .db2:
            nil
        }
    }

    /// A limit of a target for one value.
    struct Cap {
        let size: Kibibytes
        let reason: String
        let reference: String
    }
}
