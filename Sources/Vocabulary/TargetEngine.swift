/// `--target`: where a task writes to, in DMS's names of engines; what each can do is known to module DMS.
public enum TargetEngine: String, Sendable, Codable, CaseIterable {
    case postgres, mysql, mariadb, oracle, sqlserver, babelfish, redshift, s3, kinesis, kafka, dynamodb,
        opensearch
    case redis, documentdb, neptune, db2
}
