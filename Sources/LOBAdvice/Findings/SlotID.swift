/// The findings about slots and the tasks behind them.
public enum SlotID: String, FindingCode {
    case tableMissing = "slot-table-missing"
    case tableRepeated = "slot-table-repeated"
    case tableOutOfScope = "slot-table-out-of-scope"
    case columnNotReplicated = "slot-column-not-replicated"
    case rowFilter = "slot-row-filter"
    case changesMissing = "slot-changes-missing"
    case notOnServer = "slot-not-on-server"
    case onPrimaryOnly = "slot-on-primary-only"
    case nameInvalid = "slot-name-invalid"
    case pluginDiffers = "slot-plugin-differs"
    case foreignKeyCrosses = "foreign-key-crosses-slots"
    case mappingTooLarge = "slot-mapping-too-large"

    /// What it says, in one line.
    public var meaning: String {
        switch self {
        case .tableMissing: "a table is in no slot, so that its changes are not migrated"
        case .tableRepeated: "a table is in two slots, so that its changes are applied twice"
        case .tableOutOfScope: "a slot carries a table that the profile does not have"
        case .columnNotReplicated: "a LOB column is outside the column list of its replication set"
        case .rowFilter: "a replication set holds back rows of a table"
        case .changesMissing:
            "a table is in one of the two replication sets of its slot only, so that changes are lost"
        case .notOnServer: "no logical slot on the server has the name of the replication set"
        case .onPrimaryOnly: "a replica was read: slots of the primary are not on its replicas"
        case .nameInvalid: "a replication set has a name that no slot can have, so that no task reads it"
        case .pluginDiffers:
            "the source endpoint asks for another output plugin than the one that its slot decodes with"
        case .foreignKeyCrosses: "a foreign key leads into another slot, whose changes arrive at other times"
        case .mappingTooLarge: "the mapping of a task is larger than AWS takes"
        }
    }
}
