extension Finding {
    /// What was seen and what to do, by the room that saw it: names, numbers and decisions, no sentences.
    public enum Detail: Hashable, Sendable {
        case key(KeyFinding)
        case column(ColumnFinding)
        case size(SizeFinding)
        case type(TypeFinding)
        case table(TableFinding)
        case tree(TreeFinding)
        case database(DatabaseFinding)
        case largeObjects(LargeObjectFinding)
        case source(SourceFinding)
        case survey(SurveyFinding)
        case policy(PolicyFinding)
        case changes(ChangeFinding)
        case limit(LimitFinding)
        case rule(RuleFinding)
        case batch(BatchFinding)
        case endpoint(EndpointFinding)
        case memory(MemoryFinding)
        case settings(SettingsFinding)
        case mapping(MappingViolation)
        case slot(SlotFinding)
        case target(TargetFinding)
        case truncation(TruncationFinding)
    }
}
