/// Logs that were read, and those among them in which nothing looks like DMS: that they tell of no truncation says nothing.
public struct LogsRead: Sendable, Equatable {
    /// How many logs were read.
    public private(set) var count = 0
    /// How many of them have no entry of DMS and are no control table.
    public private(set) var withoutEntries = 0
    /// The names of the first of those, in the order in which they were read.
    public private(set) var namesWithoutEntries: [String] = []

    /// How many could not be read to their end, so that nothing of them is counted.
    public private(set) var unread = 0
    /// The names of the first of those.
    public private(set) var namesUnread: [String] = []

    /// The most names that are kept: a folder may hold any number of other files.
    public static let mostNames = 5

    /// Counts a log.
    mutating func add(_ name: String, isOfDMS: Bool) {
        count += 1
        guard !isOfDMS else { return }
        withoutEntries += 1
        namesWithoutEntries = Array((namesWithoutEntries + [name]).prefix(Self.mostNames))
    }

    /// Counts a log that could not be read.
    mutating func addUnread(_ name: String) {
        count += 1
        unread += 1
        namesUnread = Array((namesUnread + [name]).prefix(Self.mostNames))
    }

    /// Counts the logs that were read after these.
    mutating func merge(_ later: LogsRead) {
        count += later.count
        withoutEntries += later.withoutEntries
        unread += later.unread
        namesUnread = Array((namesUnread + later.namesUnread).prefix(Self.mostNames))
        namesWithoutEntries = Array((namesWithoutEntries + later.namesWithoutEntries).prefix(Self.mostNames))
    }
}
