/// `lob-settings` of a table-settings rule.
public enum LOBSettings: Hashable, Sendable {
    /// Cut above so many KiB; DMS wants it not to be zero.
    case limited(Kibibytes)
    /// Full LOB mode; up to so many KiB may travel with the row in a full load, 0 looks every LOB up.
    case unlimited(bulkMaxSize: Kibibytes)
}
