import LOBAdvice
import LOBReports
import SizeStatistics
import TestSupport

/// A profile of which random parts are not known.
///
/// What a renderer could print for an unknown instead, such as the catalog's estimates, is a number that nothing else has.
struct RandomProfile {
    /// A number of rows that only the catalog tells; blocks and bytes have others of the same kind.
    static let catalogRows = 734_851_297
    private static let catalogBlocks = 645_182_939
    private static let catalogBytes: Int64 = 8_364_517_293_641

    /// How much is known of a table.
    enum Kind: CaseIterable {
        case oneMoment, caughtUp, severalMoments, undated, partial, refused, unmeasured, empty, sampled

        /// Samples take long to estimate, and are rare here.
        static func random(_ random: inout SeededGenerator) -> Kind {
            let kinds = Int.random(in: 0..<20, using: &random) == 0 ? allCases : allCases.dropLast()
            return kinds.randomElement(using: &random) ?? .unmeasured
        }
    }

    let profile: Profile
    /// The relations of which nothing is known.
    let unmeasured: Set<RelationName>

    /// Makes a profile; the same shape of tables for the same shape.
    init(seed: UInt64, shape: UInt64, database: String = "orders") {
        var shapes = SeededGenerator(seed: shape)
        var random = SeededGenerator(seed: seed)
        let tables = Self.relations(&shapes).map { relation in
            Self.table(relation, Kind.random(&random), &random)
        }
        let certificate = Bool.random(using: &random) ? nil : Self.certificate(&random)
        unmeasured = Set(
            tables.filter { $0.columns.allSatisfy { $0.measurement == nil } }.map(\.relation.name))
        profile = Profile(
            lobscopeVersion: "0.1.0", database: Identifier(database),
            server: ServerFacts(
                version: 150_020, isReplica: Bool.random(using: &random), encoding: "UTF8", blockSize: 8192,
                role: Identifier("reader"), systemIdentifier: database, hasDataChecksums: false),
            startedAt: 1_795_000_000, finishedAt: 1_795_000_100, options: PlanOptions(),
            policy: Self.policy(&shapes), tables: tables, largeObjects: Self.largeObjects(&random),
            unmeasured: unmeasured.sorted().map { Unmeasured(relation: $0, reason: .permissionDenied) },
            certificate: certificate)
    }

    /// Large objects of which some may be read, all, or none.
    private static func largeObjects(_ random: inout SeededGenerator) -> LargeObjectSummary? {
        let (readable, unreadable) = (
            Int.random(in: 0...2, using: &random), Int.random(in: 0...2, using: &random)
        )
        guard readable + unreadable > 0 else { return nil }
        let sizes = SizeDistribution(counts: readable == 0 ? [:] : [5000: readable])
        return LargeObjectSummary(
            count: readable + unreadable, sizes: sizes, largestOID: readable == 0 ? nil : 16_999,
            unreadable: unreadable, storedBytes: nil,
            owners: [
                .init(
                    role: Identifier("app"), objects: readable + unreadable, bytes: Int64(5000 * readable),
                    unreadable: unreadable)
            ], reading: Bool.random(using: &random) ? .oneMoment : nil)
    }

    private static func policy(_ random: inout SeededGenerator) -> Policy {
        var policy = Policy(strategy: Policy.Strategy.allCases.randomElement(using: &random) ?? .balanced)
        if Bool.random(using: &random) { policy.limit = Kibibytes(128) }
        return policy
    }

    /// Names of letters alone, so that a digit in a row is a figure.
    private static func relations(_ random: inout SeededGenerator) -> [Relation] {
        let names = ["alpha", "beta", "gamma", "delta", "epsilon"]
        return names.prefix(Int.random(in: 1...5, using: &random)).map { name in
            let columns = ["body", "note", "plan"].prefix(Int.random(in: 1...3, using: &random))
            let isLeaf = name == "delta" || name == "epsilon"
            return Relation(
                oid: UInt32(name.utf8.count + 16_000), name: Self.name(name), kind: isLeaf ? .leaf : .table,
                root: isLeaf ? Self.name("parent") : nil, blocks: catalogBlocks, toastBytes: catalogBytes,
                estimatedRows: Double(catalogRows), fileNode: 1, accessMethod: Identifier("heap"),
                isRowSecurityActive: false,
                isSelectable: true, replicaIdentity: .default, keys: [],
                columns: (isLeaf ? ["body"] : columns).enumerated().map { index, column in
                    Column(
                        number: Int16(index + 2), name: Identifier(column), typeName: Identifier("text"),
                        typeOID: 25, family: .text, declaredLength: nil, isNotNull: false,
                        isGenerated: false, isSelectable: true, storage: .extended)
                })
        }
    }

    private static func name(_ table: String) -> RelationName {
        RelationName(schema: Identifier("app"), name: Identifier(table))
    }

    private static func table(
        _ relation: Relation, _ kind: Kind, _ random: inout SeededGenerator
    ) -> TableProfile {
        var columns = relation.columns.map { column in
            ColumnProfile(column: column, measurement: measurement(kind, &random))
        }
        if kind != .unmeasured, columns.count > 1, Bool.random(using: &random) {
            columns[0] = ColumnProfile(column: columns[0].column, measurement: nil)
        }
        let measured = columns.compactMap(\.measurement?.distribution.rows).first
        let rows =
            switch kind {
            case .unmeasured: catalogRows
            case .sampled, .refused: 50_000
            default: measured ?? catalogRows
            }
        let isExact = [.oneMoment, .caughtUp, .severalMoments, .undated, .empty].contains(kind)
        return TableProfile(
            relation: relation, rows: .init(count: rows, isExact: isExact),
            sample: kind == .sampled || kind == .refused
                ? .init(
                    design: SampleDesign(method: .blocks, percent: 5, seed: 1), blocksRead: 310,
                    blocksTotal: 1234, rowsRead: 12_710) : nil,
            columns: columns, seconds: 1, reading: reading(kind, &random))
    }

    private static func measurement(
        _ kind: Kind, _ random: inout SeededGenerator
    ) -> ColumnMeasurement? {
        let counts = Dictionary(
            uniqueKeysWithValues: (1...8).map { (Int.random(in: 1...40_000, using: &random) * 8 + $0, $0) })
        let sizes = SizeDistribution(counts: counts, nulls: 3)
        switch kind {
        case .unmeasured: return nil
        case .empty: return ColumnMeasurement(method: .full, distribution: SizeDistribution(), largest: [])
        case .partial:
            return ColumnMeasurement(method: .full, distribution: sizes, largest: [], unreadBlocks: 7)
        case .sampled, .refused:
            let sample = GoldenSample(blocks: kind == .sampled ? 310 : 2, rowsInBlock: 40)
            return ColumnMeasurement(
                method: .sample, distribution: sample.distribution, largest: [], blocks: sample.summary)
        case .oneMoment, .caughtUp, .severalMoments, .undated:
            return ColumnMeasurement(method: .full, distribution: sizes, largest: [])
        }
    }

    private static func reading(_ kind: Kind, _ random: inout SeededGenerator) -> TableReading? {
        let certainty: TableReading.Certainty
        switch kind {
        case .unmeasured, .undated: return nil
        case .caughtUp: certainty = .caughtUp
        case .severalMoments: certainty = .severalMoments
        default: certainty = .oneMoment
        }
        let position = Bool.random(using: &random) ? LSN(bytes: 0x16_B374_D848) : nil
        return TableReading(
            certainty: certainty,
            moment: Moment(
                takenAt: 1_795_000_000_000_000, lsnBefore: position, lsnAfter: position,
                replica: replica(&random)),
            heldSeconds: 2, snapshots: certainty == .oneMoment ? 1 : 3,
            changedVersions: certainty == .caughtUp ? 12 : nil)
    }

    private static func replica(_ random: inout SeededGenerator) -> ReplicaState? {
        guard Bool.random(using: &random) else { return nil }
        return ReplicaState(
            replayed: Bool.random(using: &random) ? LSN(bytes: 0x16_B374_D848) : nil,
            replayedAt: Bool.random(using: &random) ? 1_795_000_000_000_000 : nil,
            isPaused: Bool.random(using: &random))
    }

    private static func certificate(_ random: inout SeededGenerator) -> Certificate {
        Certificate(
            serverStartedAt: 1_794_000_000_000_000, snapshotLimit: 900, isOneMoment: false,
            settings: [
                PinnedSetting(name: "bytea_output", value: "hex", sessionDefault: "escape"),
                PinnedSetting(name: "TimeZone", value: "UTC", sessionDefault: nil),
            ], replica: replica(&random))
    }

    /// The profile with what is recommended from it.
    var report: Report { Report(profile: profile, recommendation: Recommender(profile).recommend()) }
}
