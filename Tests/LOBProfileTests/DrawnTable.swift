import SizeStatistics
import TestSupport

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// A table of real sizes that does not change, and measurements of it that differ only in what was drawn.
struct DrawnTable {
    let name: String
    /// Stored size and true size of every row, in the table's order.
    let rows: [(stored: Int64, size: Int64)]
    let family: TypeFamily
    /// The rows as they lie in blocks of 8 KiB; values over 2,000 bytes lie elsewhere.
    private let blocks: [ArraySlice<(stored: Int64, size: Int64)>]

    /// How a table is measured.
    enum Draw: String, CaseIterable {
        case all, rows, blocks, twoPhase, tail
    }

    var blockCount: Int { blocks.count }
    var largest: Int64 { rows.map(\.size).max() ?? 0 }

    init(_ name: String, _ rows: [(stored: Int64, size: Int64)], family: TypeFamily = .text) {
        self.name = name
        self.family = family
        self.rows = rows
        var (blocks, start, used): ([ArraySlice<(stored: Int64, size: Int64)>], Int, Int64) = ([], 0, 24)
        for (index, row) in rows.enumerated() {
            let width = 32 + (row.stored > 2000 ? 18 : row.stored)
            if used + width > 8192, index > start {
                blocks.append(rows[start..<index])
                (start, used) = (index, 24)
            }
            used += width
        }
        self.blocks = blocks + (start < rows.count ? [rows[start...]] : [])
    }

    /// The table with other sizes.
    func map(_ change: (Int, Int64) -> Int64) -> DrawnTable {
        DrawnTable(
            name, rows.enumerated().map { ($1.stored, change($0, $1.size)) }, family: family)
    }

    /// Real sizes, the first so many of each set.
    static func real(limit: Int = 5000) async throws -> [DrawnTable] {
        var tables: [DrawnTable] = []
        for name in [
            "awscli_examples_rst", "debian_changelog_entries", "fs_root_js", "fs_usr_text",
            "git_citus_blobs_sql", "git_pdfjs_msgs", "log_lines", "git_grdb_trees",
        ] {
            let sizes = try await RealSizes.read(name, limit: limit)
            tables.append(DrawnTable(name, sizes.map { (Int64($0), Int64($0)) }))
        }
        return tables
    }

    /// Real documents with their stored sizes.
    static func realDocuments(limit: Int = 3000) async throws -> [DrawnTable] {
        var tables: [DrawnTable] = []
        for name in ["json_shapes_pglz", "json_pdfjs_pglz", "text_citus_out_lz4", "json_files_root_lz4"] {
            let rows = try await RealSizes.pairs("pairs_\(name)", limit: limit)
            tables.append(
                DrawnTable(
                    name, rows.map { (Int64($0.stored), Int64($0.size)) }, family: .jsonb))
        }
        return tables
    }

    /// A measurement.
    func measured(_ draw: Draw, seed: UInt64, share: Double = 0.2) -> TableProfile {
        var random = SeededGenerator(seed: seed)
        switch draw {
        case .all: return profile(.full, distribution(rows[...]), isExact: true)
        case .rows:
            let drawn = rows.filter { _ in Double.random(in: 0..<1, using: &random) < share }
            return profile(.sample, distribution(drawn[...]), sample: .bernoulli, share, drawn.count)
        case .blocks:
            let (all, summary) = blocks(share, &random)
            return profile(.sample, all, blocks: summary, sample: .blocks, share, all.rows)
        case .tail:
            let (all, summary) = blocks(share, &random)
            let floor = all.quantile(0.999) ?? ByteCount(0)
            let sizes = distribution(rows.filter { $0.size > floor.bytes }[...])
            return profile(
                .full, all, blocks: summary, tail: ExactTail(floor: floor, sizes: sizes), isExact: true)
        case .twoPhase: return twoPhase(&random)
        }
    }

    private func blocks(_ share: Double, _ random: inout SeededGenerator) -> (SizeDistribution, BlockSummary)
    {
        var (all, summary) = (SizeDistribution(), BlockSummary())
        for block in blocks where Double.random(in: 0..<1, using: &random) < share {
            let sizes = block.map { ByteCount($0.size) }
            summary.add(sizes: sizes, nulls: 0)
            for size in sizes { all.add(size) }
        }
        return (all, summary)
    }

    /// The 100 largest stored rows, and 40 random ones of each stratum.
    private func twoPhase(_ random: inout SeededGenerator) -> TableProfile {
        var (all, strata) = (SizeDistribution(), StoredSizeStrata())
        for row in rows { strata.add(stored: ByteCount(row.stored)) }
        let ordered = rows.sorted { $0.stored > $1.stored }
        for row in ordered.prefix(100) {
            strata.addLargest(stored: ByteCount(row.stored), size: ByteCount(row.size))
            all.add(ByteCount(row.size))
        }
        let rest = Dictionary(grouping: ordered.dropFirst(100)) {
            StoredSizeStrata.stratum(of: ByteCount($0.stored))
        }
        for index in rest.keys.sorted() {
            for row in (rest[index] ?? []).shuffled(using: &random).prefix(40) {
                strata.addRandom(stored: ByteCount(row.stored), size: ByteCount(row.size))
                all.add(ByteCount(row.size))
            }
        }
        return profile(.twoPhase, all, strata: strata, isExact: true)
    }

    private func distribution(_ rows: ArraySlice<(stored: Int64, size: Int64)>) -> SizeDistribution {
        var all = SizeDistribution()
        for row in rows { all.add(ByteCount(row.size)) }
        return all
    }

    private func profile(
        _ method: MeasuringMethod, _ distribution: SizeDistribution, blocks summary: BlockSummary? = nil,
        strata: StoredSizeStrata? = nil, tail: ExactTail? = nil, sample: SampleDesign.Method? = nil,
        _ share: Double = 1,
        _ read: Int = 0, isExact: Bool = false
    ) -> TableProfile {
        let column = Fixtures.column(2, "body", family)
        return TableProfile(
            relation: Fixtures.relation(
                "s", name, keys: [Fixtures.key("pkey", [1])], columns: [column]),
            rows: .init(count: rows.count, isExact: isExact),
            sample: sample.map {
                .init(
                    design: SampleDesign(method: $0, percent: share * 100, seed: 1),
                    blocksRead: summary?.blocks ?? 0, blocksTotal: blocks.count, rowsRead: read)
            },
            columns: [
                ColumnProfile(
                    column: column,
                    measurement: ColumnMeasurement(
                        method: method, distribution: distribution, largest: [], strata: strata,
                        blocks: summary, tail: tail))
            ], seconds: 0, reading: .oneMoment)
    }
}
