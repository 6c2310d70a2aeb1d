import LOBAdvice
import LOBSurvey
import PostgreSQLClient

/// Where the slots of a profile come from, read and checked before anything is measured.
enum SlotSource {
    case none
    case assigned(SlotAssignment)
    /// Proposed once the modes are known.
    case proposed

    /// Reads the sets of a source, or a file for its tables.
    ///
    /// - Throws: `CommandFailure` for sets that cannot be read and a file that is wrong.
    static func resolve(
        _ choice: SlotChoice?, conninfo: Conninfo, options: SurveyOptions
    ) throws(CommandFailure) -> SlotSource {
        switch choice {
        case nil: return .none
        case .auto: return .proposed
        case .pglogical:
            do throws(SurveyError) {
                return .assigned(try ReplicationSetSurvey(conninfo).run())
            } catch {
                throw CommandFailure(error)
            }
        case .file(let path):
            return .assigned(try assignment(inFile: path, of: try relations(conninfo, options)))
        }
    }

    /// Reads a file for the tables of a profile that is stored, whose source is not asked.
    ///
    /// - Throws: `CommandFailure` for a file that is wrong, and for sets, which only the source has.
    static func resolve(_ choice: SlotChoice?, for profile: Profile) throws(CommandFailure) -> SlotSource {
        switch choice {
        case nil: return .none
        case .auto: return .proposed
        case .file(let path):
            return .assigned(try assignment(inFile: path, of: profile.tables.map(\.relation)))
        case .pglogical:
            throw CommandFailure(
                "--slots pglogical needs the source\nhint: use it with profile, which stores the slots")
        }
    }

    private static func relations(
        _ conninfo: Conninfo, _ options: SurveyOptions
    ) throws(CommandFailure) -> [Relation] {
        do throws(SurveyError) {
            return try Survey(conninfo, options: options).preview().catalog.relations
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Reads a file for the tables of a profile.
    static func assignment(inFile path: String, of relations: [Relation]) throws(CommandFailure)
        -> SlotAssignment
    {
        let file = try YAMLNode.read(path, SlotFileReader.read)
        do throws(SlotFileError) {
            return try file.assignment(of: relations)
        } catch {
            throw CommandFailure("\"\(path)\" \(error)")
        }
    }

    /// The slots that are known before anything is measured; nil for none.
    var known: SlotAssignment? {
        if case .assigned(let slots) = self { slots } else { nil }
    }

    /// A profile with its slots, where they are proposed for it: by then it has all other wishes.
    func applied(to profile: Profile) -> Profile {
        if case .proposed = self { profile.proposingSlots } else { profile }
    }
}
