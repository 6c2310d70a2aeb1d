import SizeStatistics
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// Each finding where it must appear and where it must not.
@Suite struct PreflightTests {
    private let cdc = Policy()
    private let fullLoad = Policy(migrationType: .fullLoad)
    private let id = Fixtures.key("t_pkey", [1])
    private let body = Fixtures.column(2, "body", .text)

    private func findings(
        _ relation: Relation, _ mode: LOBMode = .limited, _ policy: Policy = Policy(), limit: Int? = nil,
        largest: [Int16: Int64] = [:]
    ) -> [Finding] {
        Preflight.findings(
            for: .init(
                relation: relation, mode: mode, limit: limit.map { Kibibytes($0) },
                largest: largest.mapValues { ByteCount($0) }),
            policy: policy)
    }

    private func severity(_ id: FindingID, in findings: [Finding]) -> Finding.Severity? {
        findings.first { $0.id == id.rawValue }?.severity
    }

    @Test func anOrdinaryTableHasNoFinding() {
        for mode in LOBMode.allCases {
            for policy in [cdc, fullLoad] {
                #expect(
                    findings(Fixtures.relation("s", "t", keys: [id], columns: [body]), mode, policy) == [])
            }
        }
    }

    @Test(arguments: [
        [], [Fixtures.key("u", [1], isPrimary: false, isPartial: true)],
        [Fixtures.key("u", [1], isPrimary: false, isOnNotNullColumns: false)],
        [Fixtures.key("u", [0], isPrimary: false)],
        [Fixtures.key("u", [1], isPrimary: false, isImmediate: false)],
        [Fixtures.key("u", [1], isPrimary: false, isValid: false)],
    ])
    func lobTablesNeedAKeyThatIdentifiesRows(_ keys: [UniqueIndex]) throws {
        let relation = Fixtures.relation("s", "t", replicaIdentity: .full, keys: keys, columns: [body])
        #expect(severity(.lobWithoutKey, in: findings(relation, .unlimited, fullLoad)) == .error)
        #expect(severity(.lobWithoutKey, in: findings(relation, .limited, cdc)) == .error)
        #expect(severity(.lobWithoutKey, in: findings(relation, .limited, fullLoad)) == .warning)
        let message = try #require(findings(relation).first { $0.id == "lob-without-key" }?.message)
        #expect(message.utf8.contains(UInt8(ascii: "(")) == !keys.isEmpty)
    }

    @Test func aTableWithoutLOBsNeedsNoKeyForThem() {
        let relation = Fixtures.relation(
            "s", "t", columns: [Fixtures.column(2, "v", .varchar, declaredLength: 9000)])
        #expect(severity(.lobWithoutKey, in: findings(relation)) == nil)
    }

    @Test func aUniqueIndexOnNotNullColumnsIsAKey() {
        let unique = Fixtures.key("u", [1], isPrimary: false)
        let relation = Fixtures.relation("s", "t", replicaIdentity: .index, keys: [unique], columns: [body])
        #expect(findings(relation, .unlimited) == [])
    }

    @Test(arguments: [TypeFamily.text, .citext, .bytea, .jsonb]) func keysMustNotBeLOBs(_ family: TypeFamily)
        throws
    {
        let column = Fixtures.column(1, "code", family, isNotNull: true)
        let relation = Fixtures.relation("s", "t", keys: [id], columns: [column, body])
        for mode in [LOBMode.limited, .unlimited] {
            let finding = try #require(
                findings(relation, mode, largest: [1: 40]).first { $0.id == "lob-typed-key" })
            #expect(finding.severity == .error && finding.subject == "s.t.code")
            let sql = #"ALTER TABLE "s"."t" ALTER COLUMN "code" TYPE character varying(255);"#
            #expect(finding.remedy.contains(sql))
        }
        // The key column is reported once, not as a NOT NULL LOB too.
        #expect(severity(.notNullLOB, in: findings(relation)) == nil)
    }

    @Test func anotherKeyThatIsNoLOBServesInsteadOfALOBTypedOne() {
        let column = Fixtures.column(3, "code", .text, isNotNull: true)
        let keys = [Fixtures.key("a", [3], isPrimary: false), Fixtures.key("b", [1], isPrimary: false)]
        let relation = Fixtures.relation("s", "t", replicaIdentity: .index, keys: keys, columns: [column])
        #expect(severity(.lobTypedKey, in: findings(relation)) == nil)
    }

    @Test func notNullLOBsAreAnErrorExceptInALimitedFullLoad() throws {
        let column = Fixtures.column(2, "body", .bytea, isNotNull: true)
        let relation = Fixtures.relation("s", "t", keys: [id], columns: [column])
        #expect(severity(.notNullLOB, in: findings(relation, .limited, cdc)) == .error)
        #expect(severity(.notNullLOB, in: findings(relation, .unlimited, cdc)) == .error)
        #expect(
            severity(.notNullLOB, in: findings(relation, .limited, Policy(migrationType: .fullLoadAndCDC)))
                == .error)
        #expect(severity(.notNullLOB, in: findings(relation, .unlimited, fullLoad)) == .error)
        #expect(severity(.notNullLOB, in: findings(relation, .limited, fullLoad)) == .warning)
        let remedy = try #require(findings(relation).first?.remedy)
        #expect(remedy.contains(#"ALTER TABLE "s"."t" ALTER COLUMN "body" DROP NOT NULL;"#))
    }

    @Test func arraysNeedAPrimaryKeyAndNotJustAUniqueIndex() {
        let tags = Fixtures.column(2, "tags", .array)
        let unique = Fixtures.key("u", [1], isPrimary: false)
        let without = Fixtures.relation("s", "t", replicaIdentity: .index, keys: [unique], columns: [tags])
        #expect(findings(without).map(\.id) == ["array-without-primary-key"])
        #expect(findings(Fixtures.relation("s", "t", keys: [id], columns: [tags])) == [])
    }

    @Test func changesNeedAReplicaIdentity() throws {
        let unique = Fixtures.key("u", [1], isPrimary: false)
        let cases: [(Relation.ReplicaIdentity, [UniqueIndex], FindingID?, String)] = [
            (.default, [id], nil, ""), (.index, [unique], nil, ""),
            (.nothing, [id], .replicaIdentityMissing, #"ALTER TABLE "s"."t" REPLICA IDENTITY DEFAULT;"#),
            (.nothing, [unique], .replicaIdentityMissing, #"REPLICA IDENTITY USING INDEX "u";"#),
            (.default, [], .replicaIdentityMissing, "add a primary key"),
            (.full, [id], .replicaIdentityFull, #"ALTER TABLE "s"."t" REPLICA IDENTITY DEFAULT;"#),
            (.full, [], .replicaIdentityFull, "test_decoding"),
        ]
        for (identity, keys, expected, remedy) in cases {
            let relation = Fixtures.relation("s", "t", replicaIdentity: identity, keys: keys)
            #expect(findings(relation, .none, cdc).map(\.id) == [expected?.rawValue].compactMap(\.self))
            #expect(findings(relation, .none, fullLoad) == [])
            if expected != nil {
                #expect(try #require(findings(relation, .none).first).remedy.contains(remedy))
            }
        }
    }

    @Test func aNullableArrayInFullModeIsAWarningForChanges() {
        let array = Fixtures.column(2, "a", .array)
        let relation = Fixtures.relation("s", "t", keys: [id], columns: [array])
        #expect(severity(.arrayInFullMode, in: findings(relation, .unlimited, cdc)) == .warning)
        #expect(severity(.arrayInFullMode, in: findings(relation, .limited, cdc)) == nil)
        #expect(severity(.arrayInFullMode, in: findings(relation, .unlimited, fullLoad)) == nil)
    }

    @Test func aPrimaryKeyBesideAnotherUniqueIndexIsNamed() throws {
        let other = Fixtures.key("t_email_key", [3], isPrimary: false, isOnNotNullColumns: false)
        let relation = Fixtures.relation("s", "t", keys: [id, other])
        #expect(severity(.primaryKeyAndUniqueIndex, in: findings(relation, .none, cdc)) == .info)
        #expect(severity(.primaryKeyAndUniqueIndex, in: findings(relation, .none, fullLoad)) == .info)
        #expect(try #require(findings(relation, .none).first).message.contains("t_email_key"))
        #expect(findings(Fixtures.relation("s", "t", keys: [id]), .none) == [])
    }

    @Test(arguments: [
        (nil, Finding.Severity.info), (100, .info), (4000, .info), (4001, .warning), (8000, .warning),
        (8001, .warning), (10_485_760, .warning), (10_485_761, .error),
    ])
    func unboundedVarcharIsJudgedByWhatWasMeasured(_ size: Int64?, _ expected: Finding.Severity) {
        let relation = Fixtures.relation("s", "t", keys: [id], columns: [Fixtures.column(2, "v", .varchar)])
        let largest = size.map { [Int16(2): $0] } ?? [:]
        #expect(severity(.unboundedVarchar, in: findings(relation, .none, largest: largest)) == expected)
    }

    @Test func unboundedVarcharKnowsAcceptedTruncationAndTheSettingsCeiling() throws {
        let relation = Fixtures.relation("s", "t", keys: [id], columns: [Fixtures.column(2, "v", .varchar)])
        let accepted = Policy(truncationOK: [try NamePattern("s.t")])
        #expect(
            severity(.unboundedVarchar, in: findings(relation, .none, accepted, largest: [2: 10_485_761]))
                == .warning)
        let small = try #require(findings(relation, .none, largest: [2: 40_000]).first)
        #expect(small.remedy.contains("unboundedVarcharMaxSize with at least 80000"))
        let large = try #require(findings(relation, .none, largest: [2: 10_485_761]).first)
        #expect(large.remedy.contains(#"ALTER COLUMN "v" TYPE text;"#))
        let bounded = Fixtures.column(2, "v", .varchar, declaredLength: 9000)
        #expect(findings(Fixtures.relation("s", "t", keys: [id], columns: [bounded]), .none) == [])
    }

    @Test(arguments: [(16_387, false), (16_388, true)]) func longVarcharIsMentioned(
        _ length: Int, _ isExpected: Bool
    ) {
        let column = Fixtures.column(2, "v", .varchar, declaredLength: length)
        let found = findings(Fixtures.relation("s", "t", keys: [id], columns: [column]), .none)
        #expect((severity(.longVarchar, in: found) == .info) == isExpected)
    }

    @Test(arguments: [
        (TypeFamily.bytea, 400_000_000, nil), (.bytea, 400_000_001, Finding.Severity.warning),
        (.bytea, 536_870_910, .warning), (.bytea, 536_870_911, .error), (.text, 600_000_000, nil),
        (.text, 1_073_741_824, .error),
    ])
    func valuesThatCannotBeDecodedAreFound(_ family: TypeFamily, _ size: Int64, _ expected: Finding.Severity?)
    {
        let relation = Fixtures.relation("s", "t", keys: [id], columns: [Fixtures.column(2, "b", family)])
        #expect(severity(.valueTooLarge, in: findings(relation, .unlimited, largest: [2: size])) == expected)
    }

    @Test func rowsNearOneGigabyteAreFound() {
        let columns = [Fixtures.column(2, "a", .text), Fixtures.column(3, "b", .bytea)]
        let relation = Fixtures.relation("s", "t", keys: [id], columns: columns)
        let large = findings(relation, .unlimited, largest: [2: 600_000_000, 3: 300_000_000])
        #expect(severity(.rowTooLarge, in: large) == .warning)
        let small = findings(relation, .unlimited, largest: [2: 400_000_000, 3: 300_000_000])
        #expect(severity(.rowTooLarge, in: small) == nil)
    }

    @Test(arguments: [TypeFamily.json, .jsonb, .xml, .hstore, .array, .composite])
    func acceptedTruncationOfStructuredTypesIsLoud(_ family: TypeFamily) throws {
        let relation = Fixtures.relation("s", "t", keys: [id], columns: [Fixtures.column(2, "j", family)])
        let accepted = Policy(truncationOK: [try NamePattern("t")])
        let found = { (policy: Policy, mode: LOBMode, limit: Int?, size: Int64) in
            severity(
                .truncationOfStructuredType,
                in: findings(relation, mode, policy, limit: limit, largest: [2: size]))
        }
        #expect(found(accepted, .limited, nil, 10) == .error)
        #expect(found(accepted, .limited, 1, 513) == .error)
        #expect(found(accepted, .limited, 1, 512) == .warning)
        #expect(found(accepted, .unlimited, nil, 10) == nil)
        #expect(found(cdc, .limited, nil, 10) == nil)
        let text = Fixtures.relation("s", "t", keys: [id], columns: [body])
        #expect(findings(text, .limited, accepted) == [])
    }

    @Test func generatedColumnsAndDoubtfulTypesAreMentioned() {
        let generated = Fixtures.column(2, "g", .text, isGenerated: true)
        #expect(
            findings(Fixtures.relation("s", "t", keys: [id], columns: [generated])).map(\.id) == [
                "generated-column"
            ])
        for family in TypeFamily.allCases {
            let expected = [.composite, .tsvector, .tsquery, .geometry, .geography].contains(family)
            let relation = Fixtures.relation("s", "t", keys: [id], columns: [Fixtures.column(2, "c", family)])
            #expect((severity(.typeNotSupported, in: findings(relation)) != nil) == expected)
        }
    }

    @Test(arguments: [
        (Relation.Kind.materializedView, FindingID.materializedView), (.foreignTable, .foreignTable),
    ])
    func relationsThatDMSDoesNotMigrateHaveThatFindingOnly(_ kind: Relation.Kind, _ expected: FindingID) {
        let relation = Fixtures.relation("s", "t", kind: kind, columns: [body])
        #expect(findings(relation).map(\.id) == [expected.rawValue])
    }

    @Test func remediesQuoteNamesByBytes() throws {
        let hostile = "t\"\u{301}; DROP TABLE x --"
        let column = Fixtures.column(2, "c\"", .text, isNotNull: true)
        let relation = Fixtures.relation("s", hostile, keys: [id], columns: [column])
        let remedy = Array(try #require(findings(relation).first?.remedy).utf8)
        let expected = Array(
            "\"s\".\"t\"\"\u{301}; DROP TABLE x --\" ALTER COLUMN \"c\"\"\" DROP NOT NULL".utf8)
        #expect(
            (0...(remedy.count - expected.count)).contains {
                Array(remedy[$0..<$0 + expected.count]) == expected
            })
    }
}
