import LOBAdvice
import Vocabulary

/// What to do about a varchar without a length.
enum UnboundedVarcharText {
    /// Where a setting is large enough.
    static func attribute(_ setting: ByteCount) -> String {
        "give the source endpoint the extra connection attribute unboundedVarcharMaxSize with at least \(setting.bytes)"
    }

    /// Where no setting is large enough.
    static func asLOB(_ column: Identifier, of table: RelationName) -> String {
        "make it a LOB: ALTER TABLE \(SQLText.quoted(table)) ALTER COLUMN "
            + "\(SQLText.quoted(column)) TYPE text;"
    }
}
