extension TargetEngine {
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
    package var documentsLOBs: Bool { self != .documentdb }

    /// Why a task from PostgreSQL cannot write there; nil where it can.
    package func refusal(of type: MigrationType) -> String? {
        switch self {
        case .db2: "DMS writes to Db2 only from Db2"
        case .neptune where type != .fullLoad: "DMS writes to Neptune only in full load, no changes"
        default: nil
        }
    }

    /// Whether DMS writes LOBs of a class there at all: no LOB to OpenSearch and Neptune, only character data to
    /// DynamoDB (DMS user guide, the targets' own pages).
    package func takes(_ lobClass: LOBClass) -> Bool {
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

    /// What the guide says of batch apply there.
    ///
    /// S3, Kinesis and Kafka: not supported, and it "might result in loss of data" (the targets' own pages). Redshift: turn
    /// it on (DMS user guide, Amazon Redshift target).
    public var batchApply: BatchApply {
        switch self {
        case .s3, .kinesis, .kafka: .loses
        case .redshift: .wanted
        default: .allowed
        }
    }

    /// Whether a target takes changes in batches.
    public enum BatchApply: Sendable {
        /// Changes can get lost.
        case loses
        case allowed
        /// The target is slow without.
        case wanted
    }

    /// Whether a task with these tables applies changes in batches.
    ///
    /// A batch writes the net effect of many changes table by table, whatever order foreign keys ask for (DMS user guide,
    /// change processing tuning settings: turn the constraints off).
    ///
    /// - Parameter checksForeignKeys: whether the target checks foreign keys while changes are applied; nil where nobody has
    ///   said it: then an engine that can is taken to.
    public func isBatchApplyEnabled(for tables: [TaskTable], checksForeignKeys: Bool? = nil) -> Bool {
        switch batchApply {
        case .loses: false
        case .wanted: true
        case .allowed:
            tables.allSatisfy(\.isBatchable)
                && !((checksForeignKeys ?? canCheckForeignKeys) && tables.contains(where: \.hasForeignKeys))
        }
    }

    /// Whether the engine has foreign keys that refuse rows.
    package var canCheckForeignKeys: Bool {
        switch self {
        case .postgres, .mysql, .mariadb, .oracle, .sqlserver, .babelfish, .db2: true
        case .redshift, .s3, .kinesis, .kafka, .dynamodb, .opensearch, .redis, .documentdb, .neptune: false
        }
    }

    /// The most KiB of a value that fit there; nil where the target sets no limit of its own that matters.
    package func largestValue(_ lobClass: LOBClass) -> Cap? {
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
    package struct Cap {
        package let size: Kibibytes
        package let reason: String
        package let reference: String
    }
}
