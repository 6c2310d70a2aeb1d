/// Settings of the source endpoint that the recommendation asks for: the value of
/// `--postgre-sql-settings`.
public struct EndpointSettings: Hashable, Sendable {
    /// Whether a task stops instead of cutting a LOB.
    ///
    /// It holds for every task of the endpoint, and for tables whose values may be cut too.
    public let failsTasksOnLOBTruncation: Bool

    /// Creates settings.
    public init(failsTasksOnLOBTruncation: Bool) {
        self.failsTasksOnLOBTruncation = failsTasksOnLOBTruncation
    }

    /// The settings that go with the recommended tables: a task must stop where a table is limited whose
    /// values must not be cut.
    public init(tables: [TableRecommendation]) {
        self.init(failsTasksOnLOBTruncation: tables.contains { $0.mode == .limited && !$0.isTruncationOK })
    }

    /// The settings as JSON.
    public var json: JSONValue {
        .members(["FailTasksOnLobTruncation": .bool(failsTasksOnLOBTruncation)])
    }

    /// The settings as a file.
    public var jsonBytes: [UInt8] { json.prettyBytes }
}
