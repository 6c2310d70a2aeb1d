import Foundation
import LOBAdvice
import LOBReports
import LOBStore

/// The folder of a fleet: a report folder for each database, and the roll-up.
///
/// What became of a database is told by its files alone, so that a fleet that was killed is resumed as one that was stopped.
struct FleetFolder: Sendable {
    let path: String

    /// Names of files and folders that no database can have.
    static let reserved = [logs, unfinished] + FleetFormat.allCases.compactMap(\.fileName)
    private static let logs = "logs"
    /// Where report folders go whose databases are profiled once more: two levels down, where no roll-up looks.
    private static let unfinished = "unfinished"

    /// Makes the folder, or takes the one that is there.
    ///
    /// - Parameter isResumed: whether it may hold databases already.
    /// - Throws: `CommandFailure` where something is in the way.
    init(_ path: String, isResumed: Bool) throws(CommandFailure) {
        self.path = path
        do throws(StoreError) {
            let isFleet = FileManager.default.fileExists(atPath: "\(path)/\(Self.logs)")
            if !isResumed || !isFleet { try ReportFolder.check(path) }
            try ReportFolder.make("\(path)/\(Self.logs)")
        } catch {
            guard error.problem == .alreadyUsed else { throw CommandFailure(error) }
            let hint =
                isResumed
                ? "name the folder of a fleet" : "add --resume to go on with it, or choose another --out"
            throw CommandFailure("\(error.message)\nhint: \(hint)")
        }
    }

    /// The report folder of a database.
    func report(of name: String) -> String { "\(path)/\(name)" }

    /// What the profile of a database says on standard error.
    func log(of name: String) -> String { "\(path)/\(Self.logs)/\(name).log" }

    /// What there is of a database.
    enum State {
        /// A whole report of a complete profile.
        case finished(FleetEntry)
        /// Nothing, or nothing to go on with.
        case open
        /// A folder that a profile left behind with what it had read.
        case resumable(String)
    }

    /// Looks at what an earlier run has left of a database, and makes room for another report of it.
    ///
    /// - Throws: ``StoreError`` where a folder is in the way and cannot be moved.
    func state(of database: FleetDatabase) throws(StoreError) -> State {
        let folder = report(of: database.name)
        if ReportFolder.isWhole(folder), let snapshot = try? Snapshot.open(folder),
            snapshot.profile.isComplete
        {
            return .finished(FleetEntry(name: database.name, labels: database.labels, snapshot.profile))
        }
        var last = number(ofLast: database.name)
        if FileManager.default.fileExists(atPath: folder) {
            last += 1
            try move(folder, to: put(database.name, last))
        }
        let left = (1...max(1, last)).reversed().map { put(database.name, $0) }
        return left.first { CheckpointFile.isThere(in: $0) }.map { .resumable($0) } ?? .open
    }

    private func put(_ name: String, _ number: Int) -> String {
        "\(path)/\(Self.unfinished)/\(name)-\(number)"
    }

    /// How often the folder of a database was put aside.
    private func number(ofLast name: String) -> Int {
        var number = 0
        while FileManager.default.fileExists(atPath: put(name, number + 1)) { number += 1 }
        return number
    }

    private func move(_ folder: String, to other: String) throws(StoreError) {
        try ReportFolder.make("\(path)/\(Self.unfinished)")
        do {
            try FileManager.default.moveItem(atPath: folder, toPath: other)
        } catch {
            throw StoreError(other, .exists)
        }
    }

    /// Writes the roll-up in place of an earlier one.
    ///
    /// - Throws: `CommandFailure` where a file cannot be written.
    func write(_ report: FleetReport) throws(CommandFailure) {
        do throws(StoreError) {
            for file in report.files {
                // It is made again from the report folders: that none is there for a moment harms nobody.
                try? FileManager.default.removeItem(atPath: "\(path)/\(file.path)")
                try DurableFile.write(file.bytes, named: file.path, in: path)
            }
        } catch {
            throw CommandFailure(error)
        }
    }
}
