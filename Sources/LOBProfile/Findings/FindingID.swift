/// The findings that come from the catalog and the measurement; mapping files have their own, see
/// ``MappingViolation/Kind``.
public enum FindingID: String, Sendable, CaseIterable {
    case lobWithoutKey = "lob-without-key"
    case lobTypedKey = "lob-typed-key"
    case notNullLOB = "not-null-lob"
    case arrayWithoutPrimaryKey = "array-without-primary-key"
    case replicaIdentityMissing = "replica-identity-missing"
    case replicaIdentityFull = "replica-identity-full"
    case primaryKeyAndUniqueIndex = "primary-key-and-unique-index"
    case unboundedVarchar = "unbounded-varchar"
    case longVarchar = "long-varchar"
    case valueTooLarge = "value-too-large"
    case rowTooLarge = "row-too-large"
    case truncationOfStructuredType = "truncation-of-structured-type"
    case truncationStopsTask = "truncation-stops-task"
    case truncationSpike = "truncation-spike"
    case generatedColumn = "generated-column"
    case typeNotSupported = "type-not-supported"
    case largeObjects = "large-objects"
    case largeObjectReference = "large-object-reference"
    case partitionedTable = "partitioned-table"
    case publications = "publications"
    case materializedView = "materialized-view"
    case foreignTable = "foreign-table"
    case nameNotSpellable = "name-not-spellable"
    case namesDifferByCase = "names-differ-by-case"
    case taskMemory = "task-memory"
    case estimateRefused = "estimate-refused"
    case waiverExpired = "waiver-expired"
    case policyWithoutTable = "policy-without-table"

    /// What it says, in one line.
    public var meaning: String {
        switch self {
        case .lobWithoutKey: "a table with LOB columns has no key by which DMS can find a row again"
        case .lobTypedKey: "a key column is itself a LOB to DMS"
        case .notNullLOB: "a LOB column is NOT NULL, but DMS may insert its row without it first"
        case .arrayWithoutPrimaryKey: "a table with an array column has no primary key"
        case .replicaIdentityMissing: "UPDATE and DELETE carry no key into the change stream"
        case .replicaIdentityFull: "REPLICA IDENTITY FULL does not work with pglogical"
        case .primaryKeyAndUniqueIndex: "a primary key beside another unique index rules out batch apply"
        case .unboundedVarchar: "a varchar without a length is cut at 8,000 bytes, whatever the LOB settings"
        case .longVarchar: "a long varchar changes its type with the endpoint setting MapLongVarcharAs"
        case .valueTooLarge: "a value is too large to be decoded"
        case .rowTooLarge: "the largest values of a table together pass what one row can hold as text"
        case .truncationOfStructuredType: "values may be cut, but a cut value of this type is invalid"
        case .truncationSpike:
            "one size in whole KB has far more values than any near it, and few or none are larger: they were cut "
                + "already"
        case .truncationStopsTask:
            "the switch that protects one table stops the task for tables that may be cut"
        case .generatedColumn: "a generated column cannot be written on the target"
        case .typeNotSupported: "the DMS user guide doubts that the type migrates"
        case .largeObjects: "the database has large objects, and DMS migrates none of them"
        case .largeObjectReference: "a column may refer to large objects, which do not migrate"
        case .partitionedTable: "DMS migrates partitions one by one, and follows none that are made later"
        case .publications: "DMS does not look at publications: they decide nothing"
        case .materializedView: "DMS does not migrate materialized views"
        case .foreignTable: "DMS does not migrate foreign tables"
        case .nameNotSpellable: "a mapping rule cannot spell the name, so the table is left out"
        case .namesDifferByCase: "names that differ only by case are one name to DMS"
        case .estimateRefused: "the sample is too small to give a limit, so the table is unlimited"
        case .waiverExpired: "the last day on which truncation was accepted has passed"
        case .policyWithoutTable: "the policy file decides about tables that the profile does not have"
        case .taskMemory: "what a full load takes in memory with the recommended limits"
        }
    }

    /// A finding with this id.
    func finding(
        _ severity: Finding.Severity, _ subject: String, _ message: String, remedy: String,
        reference: String? = nil
    ) -> Finding {
        Finding(
            id: rawValue, severity: severity, subject: subject, message: message, remedy: remedy,
            reference: reference)
    }
}
