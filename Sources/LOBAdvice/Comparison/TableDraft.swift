/// What differs of a table before it is decided how much of that may be sampling error.
///
/// The level of a test depends on how many there are, over all tables, so drafts come first.
struct TableDraft {
    let pair: TablePairing.Pair
    let columns: [ColumnDraft]
    let outlook: RuleOutlook?
    let candidates: [Candidate]

    /// A way in which the table may have got worse, and how that is known.
    struct Candidate {
        let worsening: TableChange.Worsening
        let ground: Ground
    }

    /// What a worsening rests on.
    enum Ground {
        /// What was read: it is so, whatever was drawn.
        case fact
        /// A size of the column at this position that its old limit did not foresee.
        case size(of: Int)
        /// The estimate of the column at this position.
        case estimate(of: Int)
        /// The estimates of all columns.
        case estimates
    }

    /// How many tests are made.
    var tests: Int { columns.reduce(0) { $0 + $1.tests } }

    /// The change, with every test at a level.
    func judged(level: Double) -> TableChange {
        let columns = columns.map { $0.judged(level: level) }
        let isChance =
            columns.contains(where: \.mayBeChance)
            && columns.allSatisfy { $0.mayBeChance || $0.draft.cannotBeWorse }
        let found = candidates.filter { candidate in
            switch candidate.ground {
            case .fact: true
            case .size(let index): columns[index].hasGrown
            case .estimate(let index): !columns[index].mayBeChance
            case .estimates: !isChance
            }
        }
        return TableChange(
            pair, columns: columns.map(\.change), outlook: outlook, worsenings: found.map(\.worsening),
            isOtherSample: isChance && found.isEmpty)
    }
}

/// A column of a draft.
struct ColumnDraft {
    let change: TableChange.ColumnChange
    /// Whether DMS treats it as a LOB, so that it can decide the table's rule.
    let isLOB: Bool
    /// Whether a side is of rows that were drawn at random.
    let dependsOnDraw: Bool
    /// Where the old limit is an estimate and a larger value was read now: the probability, by what the old profile
    /// read, that a value as large as that was there already.
    let sizeProbability: Double?

    var tests: Int {
        let isSizeTested =
            change.old?.limit != nil && change.old?.isCounted == false && change.new != nil
        return (change.drift?.isTested ?? false ? 1 : 0) + (isSizeTested ? 1 : 0)
    }

    /// Whether it leaves the table as it was, or better: no LOB, or a limit that is known and not larger.
    var cannotBeWorse: Bool {
        guard isLOB else { return true }
        guard let old = change.old?.limit, let new = change.new?.limit else { return false }
        return new <= old
    }

    /// A column with what the tests say.
    struct Judged {
        let draft: ColumnDraft
        let change: TableChange.ColumnChange
        /// Whether a value is larger than what was read before lets expect.
        let hasGrown: Bool
        /// Whether other rows of the same table, drawn anew, may have given all that differs.
        let mayBeChance: Bool
    }

    func judged(level: Double) -> Judged {
        let change = TableChange.ColumnChange(
            relation: change.relation, name: change.name, old: change.old, new: change.new,
            drift: change.drift?.judged(level: level))
        let hasGrown = sizeProbability.map { $0 < level } ?? false
        return Judged(
            draft: self, change: change, hasGrown: hasGrown,
            mayBeChance: dependsOnDraw && !hasGrown && !isLargerThanAll && change.drift?.verdict != .changed
                && change.old?.typeName == change.new?.typeName)
    }

    /// Whether all values were known, and one is larger now.
    private var isLargerThanAll: Bool {
        guard change.old?.isCounted == true, let new = change.new?.largest else { return false }
        return new > change.old?.largest ?? ByteCount(0)
    }
}
