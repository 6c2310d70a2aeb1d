/// The mode of a table-settings rule, in DMS's words.
public enum LOBMode: String, Sendable, Codable, CaseIterable {
    /// LOBs travel with their row and are cut at the setting.
    case limited
    /// Full LOB mode: nothing is cut, every LOB is looked up.
    case unlimited
    /// No LOB column: the task's settings apply and do not matter.
    case none
}
