import Foundation
import LOBAdvice
import LOBReports
import LOBStore
import LOBSurvey

/// An unfinished survey in its report folder.
enum StoredSurvey {
    /// What another survey needs to resume it.
    ///
    /// - Throws: `CommandFailure` when nothing is left to do, or the folder holds no survey.
    static func resumption(_ folder: String) throws(CommandFailure) -> Resumption {
        let json = try checkpoint(folder)
        guard let json else {
            let profile = try ended(folder)
            let reason =
                ScopeText.emptiness(profile)?.message
                ?? (profile.isComplete ? "it is complete" : "\(CheckpointFile.name) is missing")
            throw CommandFailure("\"\(folder)\" holds no unfinished run: \(reason)\n\(hint)")
        }
        guard let checkpoint = try? JSONDecoder().decode(SurveyCheckpoint.self, from: Data(json)) else {
            throw CommandFailure(
                "\"\(folder)/\(CheckpointFile.name)\" is not of this version of lobscope\n\(hint)")
        }
        // A survey that was killed has left no snapshot, or one whose folder is not whole.
        if let profile = checkpoint.profile { return Resumption(profile: profile, checkpoint: checkpoint) }
        return Resumption(profile: try ended(folder), checkpoint: checkpoint)
    }

    private static let hint = "hint: leave --resume out to start over"

    private static func checkpoint(_ folder: String) throws(CommandFailure) -> [UInt8]? {
        do throws(StoreError) {
            return try CheckpointFile.open(in: folder)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The profile of a survey that has ended.
    private static func ended(_ folder: String) throws(CommandFailure) -> Profile {
        do throws(StoreError) {
            return try Snapshot.open(folder).profile
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The bytes that are stored.
    static func json(_ checkpoint: SurveyCheckpoint) throws(StoreError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        var begun = checkpoint
        begun.profile = nil
        do {
            var bytes = Array(try encoder.encode(begun))
            guard let profile = checkpoint.profile else { return bytes }
            bytes.removeLast()
            bytes += #","profile":"#.utf8
            bytes += try ProfileJSON.bytes(of: profile)
            bytes.append(UInt8(ascii: "}"))
            return bytes
        } catch {
            throw StoreError(CheckpointFile.name, .damaged(reason: "it cannot be written as JSON"))
        }
    }
}
