import SizeStatistics

extension LargeObjectSummary {
    /// The large objects of two databases, or shards, as if they were in one.
    ///
    /// What only one of them knows is not known of both. Batches are of one database: OIDs of two overlap.
    func adding(_ other: LargeObjectSummary) -> LargeObjectSummary {
        var sizes = sizes
        sizes.merge(other.sizes)
        let largest = [self, other].compactMap { part in part.largestOID.map { (part.sizes.largest, $0) } }
            .max { ($0.0 ?? ByteCount(0), $0.1) < ($1.0 ?? ByteCount(0), $1.1) }
        return LargeObjectSummary(
            count: count + other.count, sizes: sizes, largestOID: largest?.1,
            unreadable: unreadable + other.unreadable,
            storedBytes: both(\.storedBytes, other) { $0 + $1 },
            largest: both(\.largest, other) { Self.largest(of: $0 + $1) },
            owners: both(\.owners, other) { Self.owners(of: $0 + $1) },
            references: both(\.knownReferences, other) { $0.adding($1) },
            reading: count == 0
                ? other.reading : other.count == 0 ? reading : .together(reading, other.reading))
    }

    /// Nothing refers to no object.
    private var knownReferences: LargeObjectReferences? {
        count == 0
            ? LargeObjectReferences(columns: [], unchecked: [], orphans: LargeObjectAmount()) : references
    }

    private func both<Value>(
        _ path: KeyPath<LargeObjectSummary, Value?>, _ other: LargeObjectSummary,
        _ add: (Value, Value) -> Value
    ) -> Value? {
        guard let mine = self[keyPath: path], let theirs = other[keyPath: path] else { return nil }
        return add(mine, theirs)
    }

    private static func largest(of objects: [LargeObject]) -> [LargeObject] {
        let sorted = objects.sorted {
            ($0.size, $1.oid, $0.storedBytes ?? 0) > ($1.size, $0.oid, $1.storedBytes ?? 0)
        }
        return Array(sorted.prefix(LocatedSize.kept))
    }

    /// One entry for each role, most bytes first.
    package static func owners(of entries: [Owner]) -> [Owner] {
        Dictionary(grouping: entries, by: \.role).map { role, parts in
            let sum = LargeObjectAmount.sum(of: parts)
            return Owner(
                role: role, objects: sum.objects, bytes: sum.bytes, unreadable: sum.unreadable,
                granted: total(parts.map(\.granted)))
        }.sorted { ($0.bytes, $0.objects, $1.role) > ($1.bytes, $1.objects, $0.role) }
    }
}

/// The sum; nil where one of them is not known.
private func total(_ numbers: [Int?]) -> Int? {
    numbers.reduce(0) { sum, next in sum.flatMap { sum in next.map { sum + $0 } } }
}

/// What all have; nil where they differ.
private func same<Value: Equatable>(_ values: [Value?]) -> Value? {
    values.allSatisfy { $0 == values.first } ? values.first ?? nil : nil
}

extension LargeObjectReferences {
    fileprivate func adding(_ other: LargeObjectReferences) -> LargeObjectReferences {
        let grouped = Dictionary(grouping: columns + other.columns) {
            Place(relation: $0.relation, column: $0.name)
        }
        let columns = grouped.map { place, parts in
            Column(
                relation: place.relation, name: place.column, amount: .sum(of: parts),
                typeName: same(parts.map(\.typeName)), isLO: same(parts.map(\.isLO)),
                values: total(parts.map(\.values)), dangling: total(parts.map(\.dangling)))
        }
        var orphans: LargeObjectAmount?
        if let mine = self.orphans, let theirs = other.orphans { orphans = mine + theirs }
        return LargeObjectReferences(
            columns: columns.sorted { ($0.relation, $0.name) < ($1.relation, $1.name) },
            unchecked: Self.union(unchecked, other.unchecked), orphans: orphans,
            numbers: Self.adding(self, other))
    }

    /// What the numbers of both say; one without an object to look for has nothing to add.
    private static func adding(
        _ left: LargeObjectReferences, _ right: LargeObjectReferences
    ) -> LargeObjectNumbers? {
        switch (left.numbers, right.numbers) {
        case (let mine?, let theirs?): mine.adding(theirs)
        case (let mine?, nil): right.orphans?.objects == 0 ? mine : nil
        case (nil, let theirs?): left.orphans?.objects == 0 ? theirs : nil
        case (nil, nil): nil
        }
    }

    fileprivate static func union(_ left: [Unmeasured], _ right: [Unmeasured]) -> [Unmeasured] {
        Set(left + right).sorted(by: precedes)
    }

    private static func precedes(_ left: Unmeasured, _ right: Unmeasured) -> Bool {
        func key(_ entry: Unmeasured) -> [[UInt8]] {
            [
                entry.relation?.schema.bytes ?? [], entry.relation?.name.bytes ?? [],
                entry.column?.bytes ?? [],
                Array(entry.reason.rawValue.utf8), Array((entry.detail ?? "").utf8),
            ]
        }
        return key(left).lexicographicallyPrecedes(key(right)) { $0.lexicographicallyPrecedes($1) }
    }

    fileprivate struct Place: Hashable {
        let relation: RelationName
        let column: Identifier
    }
}

extension LargeObjectNumbers {
    fileprivate func adding(_ other: LargeObjectNumbers) -> LargeObjectNumbers {
        let grouped = Dictionary(grouping: columns + other.columns) {
            LargeObjectReferences.Place(relation: $0.relation, column: $0.name)
        }
        let columns = grouped.map { place, parts in
            Column(
                relation: place.relation, name: place.column,
                typeName: parts.map(\.typeName).min() ?? place.column, amount: .sum(of: parts),
                numbers: parts.reduce(0) { $0 + $1.numbers }, matching: parts.reduce(0) { $0 + $1.matching })
        }
        return LargeObjectNumbers(
            columns: columns.sorted { ($0.relation, $0.name) < ($1.relation, $1.name) },
            searched: searched + other.searched,
            unchecked: LargeObjectReferences.union(unchecked, other.unchecked), only: only + other.only)
    }
}
