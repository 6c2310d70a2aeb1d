/// One DMS task: its mapping, its settings, and what its source endpoint needs.
public struct TaskRecommendation: Sendable, Equatable {
    /// The slot that it reads; nil where DMS makes its own.
    public let slot: Identifier?
    /// What it is called; nil for the only task of a profile without slots.
    public let name: Identifier?
    public let mapping: MappingDocument
    public let settings: TaskSettings
    public let endpoint: EndpointSettings
    /// Where changes begin; nil where it is to be filled in, or where DMS finds it by itself.
    public let cdcStart: String?
    /// What the slot has confirmed: changes cannot begin before it; nil where it is not known.
    public let confirmedPosition: String?

    /// Creates a task.
    public init(
        slot: Identifier?, name: Identifier?, mapping: MappingDocument, settings: TaskSettings,
        endpoint: EndpointSettings,
        cdcStart: String?, confirmedPosition: String? = nil
    ) {
        self.confirmedPosition = confirmedPosition
        self.slot = slot
        self.name = name
        self.mapping = mapping
        self.settings = settings
        self.endpoint = endpoint
        self.cdcStart = cdcStart
    }

    /// The task as it reads once it is deployed.
    public var deployed: DeployedTask {
        DeployedTask(
            name: name?.losslessText, mapping: mapping, settings: DeployedSettings(json: settings.json),
            endpoint: endpoint.proposed)
    }
}
