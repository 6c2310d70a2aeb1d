import SizeStatistics

extension LargeObjectSummary {
    /// The large objects of two databases, or shards, as if they were in one.
    ///
    /// What only one of them knows is not known of both.
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
            references: both(\.references, other) { $0.adding($1) })
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
            Owner(
                role: role, objects: parts.reduce(0) { $0 + $1.objects },
                bytes: parts.reduce(0) { $0 + $1.bytes })
        }.sorted { ($0.bytes, $0.objects, $1.role) > ($1.bytes, $1.objects, $0.role) }
    }
}

extension LargeObjectReferences {
    fileprivate func adding(_ other: LargeObjectReferences) -> LargeObjectReferences {
        let grouped = Dictionary(grouping: columns + other.columns) {
            Place(relation: $0.relation, column: $0.name)
        }
        let columns = grouped.map { place, parts in
            Column(
                relation: place.relation, name: place.column, objects: parts.reduce(0) { $0 + $1.objects },
                bytes: parts.reduce(0) { $0 + $1.bytes })
        }
        var orphans: Orphans?
        if let mine = self.orphans, let theirs = other.orphans {
            orphans = Orphans(objects: mine.objects + theirs.objects, bytes: mine.bytes + theirs.bytes)
        }
        return LargeObjectReferences(
            columns: columns.sorted { ($0.relation, $0.name) < ($1.relation, $1.name) },
            unchecked: Set(unchecked + other.unchecked).sorted(by: Self.precedes), orphans: orphans)
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

    private struct Place: Hashable {
        let relation: RelationName
        let column: Identifier
    }
}
