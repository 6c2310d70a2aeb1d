/// What a person asked for, as far as it decides how tables are measured.
public struct PlanOptions: Hashable, Sendable, Codable {
    /// `--method`.
    public enum Method: String, Sendable, Codable, CaseIterable {
        case auto, sample, full, bound
    }

    public var method: Method
    /// `--histogram`; exact where nil.
    public var histogram: HistogramDetail?
    /// `--scan`; chunks where nil.
    public var scan: ScanWay?
    /// `--foreign-tables`: whether foreign tables are measured; not where nil.
    public var foreignTables: Bool?
    /// `--trust-owners`: whether a role that may do more than read reads tables that may run code of others; not where nil.
    public var trustsOwners: Bool?
    /// `--json-keys`: whether the largest json and jsonb values are taken apart by their top-level keys; not where nil.
    public var jsonKeys: JSONKeyNames?
    /// How to sample where sampling is chosen.
    public var sample: SampleDesign
    /// Seconds, on one connection, that `auto` spends on making the text of every value of one column.
    ///
    /// A column that would take longer is measured in two phases. A table may take as many for a histogram of every row, where
    /// `--histogram` is `auto`.
    public var exactSeconds: Double
    /// `--time-budget`: seconds that measuring may take, from start to end on all connections; nil for as many as
    /// it takes.
    ///
    /// Only with a budget does `auto` sample.
    public var timeBudget: Double?

    /// Creates options.
    public init(
        method: Method = .auto, sample: SampleDesign = SampleDesign(method: .system, percent: 5, seed: 0),
        exactSeconds: Double = 5, timeBudget: Double? = nil, histogram: HistogramDetail? = nil,
        scan: ScanWay? = nil, foreignTables: Bool? = nil, trustsOwners: Bool? = nil,
        jsonKeys: JSONKeyNames? = nil
    ) {
        self.method = method
        self.sample = sample
        self.exactSeconds = exactSeconds
        self.timeBudget = timeBudget
        self.histogram = histogram
        self.scan = scan
        self.foreignTables = foreignTables
        self.trustsOwners = trustsOwners
        self.jsonKeys = jsonKeys
    }
}
