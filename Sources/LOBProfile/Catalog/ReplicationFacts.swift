/// What of a source decides whether changes can be captured, as it was when the catalog was read.
public struct ReplicationFacts: Sendable, Codable, Equatable {
    /// `wal_level`: logical decoding needs `logical`.
    public let walLevel: String
    /// `max_replication_slots`, and how many slots there are.
    public let slots: Use
    /// `max_wal_senders`, and how many are connected.
    public let senders: Use
    /// `max_slot_wal_keep_size` in MiB, -1 for no limit; nil before PostgreSQL 13.
    public let slotKeepMebibytes: Int?
    /// `wal_sender_timeout` in milliseconds, 0 for none.
    public let senderTimeoutMilliseconds: Int
    /// Transactions of the database that are prepared and not ended: a new slot waits for them.
    public let preparedTransactions: Int

    /// A number of places, and how many of them are taken.
    public struct Use: Sendable, Codable, Equatable {
        public let limit: Int
        public let taken: Int

        /// How many are left, at least 0.
        public var free: Int { max(0, limit - taken) }

        /// Creates a use.
        public init(limit: Int, taken: Int) {
            self.limit = limit
            self.taken = taken
        }
    }

    /// Creates the facts.
    public init(
        walLevel: String, slots: Use, senders: Use, slotKeepMebibytes: Int?, senderTimeoutMilliseconds: Int,
        preparedTransactions: Int
    ) {
        self.walLevel = walLevel
        self.slots = slots
        self.senders = senders
        self.slotKeepMebibytes = slotKeepMebibytes
        self.senderTimeoutMilliseconds = senderTimeoutMilliseconds
        self.preparedTransactions = preparedTransactions
    }
}
