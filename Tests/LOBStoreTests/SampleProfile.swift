import LOBStore

/// JSON as a profile of many tables gives it.
enum SampleProfile {
    static let timestamp = "20261122T090000Z"

    static func json(tables: Int = 400, seed: UInt64 = 7) -> [UInt8] {
        var state = seed
        let rows = (0..<tables).map { table in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return #"{"limitKiB":\#(state >> 40),"largestBytes":\#(state >> 34),"table":"t\#(table)"}"#
        }
        return Array(#"{"schemaVersion":1,"tables":[\#(rows.joined(separator: ","))]}"#.utf8)
    }

    static func sealed(seed: UInt64 = 7) throws -> SnapshotFile.Sealed {
        try SnapshotFile.seal(json(seed: seed), database: Array("orders".utf8), timestamp: timestamp)
    }
}
