import LOBProfile
import PostgreSQLClient

/// `DeclaredType.family` as SQL, made by asking it.
///
/// What the server takes a column for is in the answers, and counts only where `DeclaredType` says the same.
enum KitFamilies {
    /// The family of a row `t` of the types that columns have, NULL where its values are harmless.
    static func family() throws(PostgreSQLError) -> SQL {
        var cases: [SQL] = []
        for base in UInt32(1)..<firstOfUsers {
            let families = [small, nil].map { length in
                DeclaredType(
                    base: base, name: Identifier(""), kind: .base, length: length, modifier: -1
                ).family
            }
            // What neither length decides is known by its OID.
            guard families[0] != nil || families[1] == nil else { continue }
            cases.append("WHEN \(base) THEN \(try literal(families[0], of: base))")
        }
        return "CASE t.base \(cases.joined(separator: " ")) ELSE \(try byKind()) END"
    }

    /// OIDs below are those of types that every database has.
    private static let firstOfUsers: UInt32 = 10_000
    private static let small = DeclaredType.smallLength

    private static func literal(_ family: TypeFamily?, of base: UInt32) throws(PostgreSQLError) -> SQL {
        let name = try literal(family)
        guard let family, let harmless = isHarmless(family) else { return name }
        return "CASE WHEN \(harmless) THEN NULL ELSE \(name) END"
    }

    private static func literal(_ family: TypeFamily?) throws(PostgreSQLError) -> SQL {
        guard let family, !family.isHarmless(declaredLength: nil) else { return "NULL" }
        return try .literal(word: Array(family.rawValue.utf8))
    }

    /// Which modifiers make the values of a family harmless; nil where none does.
    private static func isHarmless(_ family: TypeFamily) -> SQL? {
        switch family {
        case .varchar, .bpchar: "t.modifier BETWEEN 4 AND \(Column.unboundedVarcharCap + 4)"
        case .bits: "t.modifier BETWEEN 1 AND \(Column.unboundedVarcharCap)"
        case .number:
            """
            t.modifier >= 4 AND ((t.modifier - 4) >> 16 & 65535) <= 38
              AND (((t.modifier - 4) & 2047) # 1024) - 1024 BETWEEN 0 AND 38
            """
        default: nil
        }
    }

    private static func byKind() throws(PostgreSQLError) -> SQL {
        let of = { (kind: DeclaredType.Kind, hasSmallBounds: Bool) -> TypeFamily? in
            DeclaredType(
                base: firstOfUsers, name: Identifier(""), kind: kind, length: nil, modifier: -1,
                hasSmallBounds: hasSmallBounds
            ).family
        }
        return """
            CASE WHEN t.kind = 'c' THEN \(try literal(of(.composite, false)))
                 WHEN t.kind = 'array' THEN \(try literal(of(.array, false)))
                 WHEN t.kind = 'e' THEN \(try literal(of(.enum, false)))
                 WHEN t.kind = 'r' AND t.has_small_bounds THEN \(try literal(of(.range, true)))
                 \(try byExtension())
                 WHEN t.length BETWEEN 1 AND \(small) THEN NULL
                 ELSE \(try literal(of(.base, false))) END
            """
    }

    private static func byExtension() throws(PostgreSQLError) -> SQL {
        var cases: [SQL] = []
        for (owner, name) in [
            ("citext", "citext"), ("hstore", "hstore"), ("postgis", "geometry"), ("postgis", "geography"),
        ] {
            let families = [true, false].map { isBinaryText in
                DeclaredType(
                    base: firstOfUsers, name: Identifier(name), kind: .base, length: nil, modifier: -1,
                    extension: Identifier(owner), isBinaryText: isBinaryText
                ).family
            }
            cases.append(
                """
                WHEN t.extension = \(try SQL.literal(word: Array(owner.utf8)))
                 AND t.base_name = \(try SQL.literal(word: Array(name.utf8)))
                   THEN CASE WHEN t.is_text THEN \(try literal(families[0])) ELSE \(try literal(families[1])) END
                """)
        }
        return cases.joined(separator: "\n")
    }
}
