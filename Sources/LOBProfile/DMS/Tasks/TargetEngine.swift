/// `--target`: where a task writes to, in DMS's names of engines.
public enum TargetEngine: String, Sendable, Codable, CaseIterable {
    case postgres, mysql, mariadb, oracle, sqlserver, babelfish, redshift, s3, kinesis, kafka, dynamodb,
        opensearch
    case redis

    /// Whether DMS can write LOBs of any size there (full LOB mode).
    ///
    /// DMS user guide, LOB support and the targets' own pages: not with Redshift, S3, Kafka, Kinesis, Redis and
    /// Babelfish. DynamoDB and OpenSearch take an item or document as a whole, so a LOB cannot be written in chunks.
    public var supportsFullLOBMode: Bool {
        switch self {
        case .postgres, .mysql, .mariadb, .oracle, .sqlserver: true
        case .babelfish, .redshift, .s3, .kinesis, .kafka, .dynamodb, .opensearch, .redis: false
        }
    }

    /// Whether DMS writes LOBs of a class there at all: no LOB to OpenSearch, only character data to DynamoDB (DMS user
    /// guide, the targets' own pages).
    func takes(_ lobClass: LOBClass) -> Bool {
        switch self {
        case .opensearch: lobClass == .none
        case .dynamodb: lobClass != .blob
        default: true
        }
    }

    /// Whether LOB settings of a table have an effect (DMS user guide, table settings: Oracle, SQL Server, MySQL
    /// and PostgreSQL).
    public var supportsTableLOBSettings: Bool {
        switch self {
        case .postgres, .mysql, .mariadb, .oracle, .sqlserver: true
        case .babelfish, .redshift, .s3, .kinesis, .kafka, .dynamodb, .opensearch, .redis: false
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
        case .postgres, .mysql, .mariadb, .oracle, .sqlserver, .babelfish, .s3, .opensearch, .redis: nil
        }
    }

    /// A limit of a target for one value.
    struct Cap {
        let size: Kibibytes
        let reason: String
        let reference: String
    }
}
