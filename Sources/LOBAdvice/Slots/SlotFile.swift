/// What a person wrote about slots: names, each with patterns of tables.
public struct SlotFile: Sendable, Equatable {
    public let slots: [Slot]

    /// A slot of the file.
    public struct Slot: Sendable, Equatable {
        public let name: Identifier
        /// Where its name stands, counted from 1.
        public let line: Int
        public let tables: [Pattern]

        /// Creates a slot.
        public init(name: Identifier, line: Int, tables: [Pattern]) {
            self.name = name
            self.line = line
            self.tables = tables
        }
    }

    /// A pattern of tables.
    public struct Pattern: Sendable, Equatable {
        public let pattern: NamePattern
        /// Where it stands, counted from 1.
        public let line: Int

        /// Creates a pattern.
        public init(pattern: NamePattern, line: Int) {
            self.pattern = pattern
            self.line = line
        }
    }

    /// Creates a file.
    public init(slots: [Slot]) {
        self.slots = slots
    }

    /// The slots with the relations that their patterns match, leaves by their root's name too.
    ///
    /// - Throws: ``SlotFileError`` for a pattern that matches nothing, and a table in two slots.
    public func assignment(of relations: [Relation]) throws(SlotFileError) -> SlotAssignment {
        let migrated = relations.filter(\.kind.isMigratable)
        var taken: [RelationName: Identifier] = [:]
        var assigned: [SlotAssignment.Slot] = []
        for slot in slots {
            var tables: [RelationName] = []
            for entry in slot.tables {
                let matching = migrated.filter {
                    entry.pattern.matches($0.name) || entry.pattern.matches($0.logicalName)
                }.map(\.name)
                guard !matching.isEmpty else {
                    throw SlotFileError(line: entry.line, problem: .nothingMatches(entry.pattern))
                }
                for table in matching {
                    if let other = taken[table], other != slot.name {
                        throw SlotFileError(line: entry.line, problem: .inTwoSlots(table, other))
                    }
                    taken[table] = slot.name
                }
                tables += matching
            }
            assigned.append(SlotAssignment.Slot(name: slot.name, tables: tables))
        }
        return SlotAssignment(source: .file, slots: assigned)
    }
}

/// What is wrong with a slot file, and where.
public struct SlotFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Counted from 1; nil where the whole file is concerned.
    public let line: Int?
    public let problem: Problem

    /// What can be wrong.
    public enum Problem: Hashable, Sendable {
        case nothingMatches(NamePattern)
        case inTwoSlots(RelationName, Identifier)
    }

    /// Creates an error.
    public init(line: Int?, problem: Problem) {
        self.line = line
        self.problem = problem
    }

    /// The line and the problem, to follow the file's name; a hint on its own line.
    public var description: String {
        (line.map { "line \($0): " } ?? "") + problem.text
    }
}

extension SlotFileError.Problem {
    fileprivate var text: String {
        switch self {
        case .nothingMatches(let pattern):
            "\"\(pattern.source.losslessText)\" matches no table of the profile\n"
                + "hint: write schema.table, with * and ? as wildcards"
        case .inTwoSlots(let table, let other):
            "\"\(table.losslessText)\" is in the slot \"\(other.losslessText)\" too\nhint: rows would be applied twice"
        }
    }
}
