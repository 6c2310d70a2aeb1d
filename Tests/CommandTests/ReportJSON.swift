import Foundation

/// What tests read of report.json, by the names that its readers rely on.
struct ReportJSON: Decodable {
    let schemaVersion: Int
    let database: String
    let complete: Bool
    let startedAt: String
    let snapshotDigest: String
    let tables: [Table]
    let largeObjects: LargeObjects
    let findings: [Finding]
    let unmeasured: [Unmeasured]

    struct Table: Decodable {
        let schema: String
        let table: String
        let parent: String?
        let limitKiB: Int?
        let settingKiB: Int?
        let mode: String
        let risk: Double?
        let measuredAt: String?
        let slot: String?
        let columns: [Column]
    }

    struct Column: Decodable {
        let name: String
        let type: String
        let lobClass: String
        let coverage: String
        let rows: Int?
        let rowsExact: Bool
        let rowsMeasured: Int?
        let nulls: Int?
        let largestBytes: Int?
        let sumBytes: Int?
        let limitBytes: Int?
        let limitKiB: Int?
        let histogram: String
    }

    struct LargeObjects: Decodable {
        let count: Int?
        let totalBytes: Int?
        let totalIsLowerBound: Bool?
        let largestBytes: Int?
        let owners: [Owner]?

        struct Owner: Decodable {
            let role: String
            let bytes: Int?
        }
    }

    struct Finding: Decodable {
        let id: String
        let severity: String
        let subject: String
        let remedy: String
    }

    struct Unmeasured: Decodable {
        let subject: String
        let reason: String
    }

    init(_ bytes: [UInt8]) throws {
        self = try JSONDecoder().decode(ReportJSON.self, from: Data(bytes))
    }

    /// The table with this name, in any schema.
    func table(_ name: String) -> Table? {
        tables.first { $0.table.utf8.elementsEqual(name.utf8) }
    }
}
