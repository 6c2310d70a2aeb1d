import EphemeralPostgreSQL
import Foundation
import TestSupport
import Testing

/// Functions that leave a mark in the server's log whenever somebody runs them.
struct Tripwire {
    /// The mark: different for each test, because tests share a server.
    let mark: String
    private let logFile: String

    /// Creates `function` in schemas public and pg_catalog, where an injected call would find it.
    static func set(_ function: String, in database: TestDatabase) async throws -> Tripwire {
        let tripwire = Tripwire(in: database)
        try await database.psql(
            """
            CREATE FUNCTION public.\(function) RETURNS int LANGUAGE plpgsql AS \(tripwire.body("1"));
            CREATE FUNCTION pg_catalog.\(function) RETURNS int LANGUAGE plpgsql AS \(tripwire.body("1"));
            """)
        return tripwire
    }

    init(in database: TestDatabase) {
        mark = "TRIPWIRE-\(database.name)"
        logFile = database.cluster.logFile
    }

    /// The body of a PL/pgSQL function that leaves the mark and returns `result`.
    func body(_ result: String) -> String {
        "$tripwire$ BEGIN RAISE LOG '\(mark)'; RETURN \(result); END $tripwire$"
    }

    /// Expects that no such function ran until now, and that a run would have been seen.
    func expectUntouched(by call: String, in database: TestDatabase) async throws {
        #expect(executions() == 0)
        try await database.psql(call)
        #expect(executions() > 0, "the tripwire itself")
    }

    /// How often a function with this mark ran.
    func executions() -> Int {
        // The log of all tests is long: a search in the library's code takes ms, one compiled for debugging minutes.
        let log = FileManager.default.contents(atPath: logFile) ?? Data()
        let wanted = Data("LOG:  \(mark)".utf8)
        var (count, start) = (0, log.startIndex)
        while let match = log.range(of: wanted, in: start..<log.endIndex) {
            (count, start) = (count + 1, match.upperBound)
        }
        return count
    }
}
