import LOBAdvice

/// `fix-source.sql` and `fix-target.sql`: the SQL of all remedies of one side as a script for psql, one block for each kind of
/// finding.
///
/// It does nothing unless a block is asked for by name, and nothing on the wrong side.
struct FixScript {
    private let side: Finding.Fix.Side
    private let profile: Profile
    private let blocks: [Block]

    /// What is done together when its name is given.
    private struct Block {
        let name: String
        /// Statements, each under what it is about.
        let steps: [(subject: String, statements: [String])]
        let warnings: [String]
        /// What no statement mends on every such table: what it is about, and what a person has to do.
        var manual: [(subject: String, remedy: String)] = []
    }

    /// Its name in the report folder.
    static func fileName(_ side: Finding.Fix.Side) -> String { "fix-\(side.rawValue).sql" }

    /// Prepares the script; nil where nothing of the side is to be mended.
    init?(_ report: Report, _ side: Finding.Fix.Side) {
        let findings = report.findings
        self.side = side
        profile = report.profile
        let ofFindings = Dictionary(grouping: findings, by: \.id).compactMap { id, findings -> Block? in
            let mended = findings.filter { $0.fix?.side == side }
            guard !mended.isEmpty else { return nil }
            return Block(
                name: Self.variable(id),
                steps: mended.map { ($0.subject, $0.fix?.statements ?? []) },
                warnings: Set(mended.compactMap { $0.fix?.warning?.text }).sorted(),
                manual: findings.filter { $0.fix == nil }.map { ($0.subject, $0.remedy) })
        }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        blocks = ofFindings + (side == .target ? Self.restarts(report.restarts) : [])
        guard !blocks.isEmpty else { return nil }
    }

    /// What empties tables on the target, so that they can be loaded again.
    private static func restarts(_ restarts: [PartialRestart]) -> [Block] {
        let warning = "it deletes every row of these tables on the target; stop the task first"
        func block(_ name: String, _ statement: (PartialRestart) -> String?) -> Block? {
            let steps = restarts.compactMap { restart in
                statement(restart).map {
                    (restart.subject, [$0])
                }
            }
            return steps.isEmpty ? nil : Block(name: name, steps: steps, warnings: [warning])
        }
        return [block("truncate_cut_tables", \.truncateCut), block("truncate_all_tables", \.truncateAll)]
            .compactMap(\.self)
    }

    /// The script.
    var bytes: [UInt8] {
        Array((head + guardOfSide + blocks.map(block).joined() + end).utf8)
    }

    /// psql's variables take no hyphen.
    private static func variable(_ id: String) -> String {
        String(decoding: id.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
    }

    private var head: String {
        let name = Self.fileName(side)
        let database = VisibleText.escape(profile.database.losslessText)
        let lines = blocks.map { block in
            "--   \(block.name): \(NumberText.counted(block.steps.count, "subject"))\n"
        }
        return """
            -- What mends findings of the profile of "\(database)" (\(TimeText.utc(profile.startedAt))) on the \(side.rawValue), in blocks:
            \(lines.joined())-- Nothing is done unless a block is asked for, one at a time or several, each in a transaction of its own:
            --   psql \(side.rawValue.uppercasedASCII) -v \(blocks[0].name)=1 -f \(name)
            -- Read it first: statements take locks, and what is written here is a proposal.
            \\set ON_ERROR_STOP on
            \\encoding UTF8
            SET standard_conforming_strings = on;
            SET lock_timeout = '10s';

            """
    }

    /// Ends the script on a server that is not of the side.
    private var guardOfSide: String {
        let isSource = side == .source
        guard let identifier = profile.server.systemIdentifier else {
            return """
                -- Which server was profiled is not known, so a person has to say that this is the \(side.rawValue).
                \\if :{?this_is_the_\(side.rawValue)}
                \\else
                \\echo 'add -v this_is_the_\(side.rawValue)=1 if this is the \(side.rawValue)'
                \\quit
                \\endif
                \\if true

                """
        }
        let isProfiled =
            "(SELECT system_identifier FROM pg_catalog.pg_control_system())::text = \(SQLText.literal(identifier))"
        let isDatabase =
            profile.database.text.map {
                " AND pg_catalog.current_database() = \(SQLText.literal($0))"
            } ?? ""
        return """
            SELECT \(isSource ? "" : "NOT (")\(isProfiled)\(isDatabase)\(isSource ? "" : ")")
              AND NOT pg_catalog.pg_is_in_recovery() AS is_right_side \\gset
            \\if :is_right_side
            \\else
            \\warn 'this is \(isSource ? "not the database that was profiled, or a replica of it" : "the database that was profiled, or a replica"): nothing is done'
            DO 'BEGIN RAISE EXCEPTION $$wrong side: nothing is done$$; END';
            \\endif
            \\if :is_right_side

            """
    }

    private var end: String {
        """
        \\if :{?asked}
        \\else
        \\echo 'no block was asked for, so nothing is done; blocks: \(blocks.map(\.name).joined(separator: ", "))'
        \\endif
        \\endif

        """
    }

    private func block(_ block: Block) -> String {
        let warnings = block.warnings.map { "-- \($0)\n" }
        let manual = block.manual.map { subject, remedy in
            "-- Not in this block: \(VisibleText.escape(subject)): \(VisibleText.escape(remedy))\n"
        }
        let statements = block.steps.flatMap { step in
            ["-- \(VisibleText.escape(step.subject))\n"] + step.statements.map { $0 + "\n" }
        }
        return """
            \\if :{?\(block.name)}
            \\if :\(block.name)
            \\set asked 1
            \(warnings.joined())\(manual.joined())BEGIN;
            \(statements.joined())COMMIT;
            \\endif
            \\endif

            """
    }
}

extension String {
    /// With ASCII letters in upper case, whatever the language of the machine.
    fileprivate var uppercasedASCII: String {
        String(decoding: utf8.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }, as: UTF8.self)
    }
}
