import LOBAdvice
import LOBReports
import Testing

@Suite struct MappingValidatorTests {
    /// A valid selection with other members put in or replaced.
    private static func selection(_ id: String = "\"1\"", _ more: String = "", table: String = "t") -> String
    {
        """
        {"rule-type": "selection", "rule-id": \(id), "rule-name": "n\(id.filter(\.isNumber))", "rule-action": "explicit",
         "object-locator": {"schema-name": "s", "table-name": "\(table)"}\(more)}
        """
    }

    private static func settings(_ lob: String, table: String = "t", more: String = "") -> String {
        """
        {"rule-type": "table-settings", "rule-id": "2", "rule-name": "two",
         "object-locator": {"schema-name": "s", "table-name": "\(table)"}, "lob-settings": \(lob)\(more)}
        """
    }

    private static func document(_ rules: String...) -> String {
        "{\"rules\": [\(rules.joined(separator: ","))]}"
    }

    private func violations(_ text: String) -> [MappingViolation] {
        MappingValidator.violations(inFile: Array(text.utf8))
    }

    @Test func aValidFileHasNoViolation() {
        let file = Self.document(
            Self.selection("1", ", \"load-order\": 3, \"filters\": [], \"before-image-def\": null"),
            Self.settings(
                #"{"mode": "limited", "bulk-max-size": "102400"}"#, more: ", \"parallel-load\": null"))
        #expect(violations(file) == [])
    }

    @Test func theAnswersOfAWSHaveTheirCounterparts() throws {
        let cases: [(String, String)] = [
            ("{\"rules\": [", "Invalid Table Mappings document. Invalid json"),
            ("{\"rule\": []}", "Valid Table mappings is required"),
            ("[]", "Valid Table mappings is required"),
            (Self.document("1"), "Invalid table mappings document."),
            (
                Self.document(
                    Self.selection(), #"{"rule-type": "selectoin", "rule-id": "3", "rule-name": "x"}"#),
                "Invalid table mappings document."
            ),
            (
                Self.document(Self.selection().replacing("explicit", with: "inclood")),
                "Invalid table mappings document."
            ),
            (
                Self.document(
                    #"{"rule-type": "selection", "rule-id": "1", "rule-name": "x", "rule-action": "include"}"#
                ),
                "Error in mapping rules. Rule with ruleId = 1 failed validation. object locator cannot be null"
            ),
            (
                Self.document(Self.selection("\"1\""), Self.selection("1", table: "u")),
                "Error in mapping rules. Duplicate ruleid 1"
            ),
            (
                Self.document(#"{"rule-type": "transformation", "rule-id": "1", "rule-name": "x"}"#),
                "Error in mapping rules. At least one selection rule is required."
            ),
            (
                Self.document(
                    Self.selection(),
                    Self.settings(#"{"mode": "unlimited", "bulk-max-size": "0"}"#, table: "%")),
                "Error in mapping rules. Rule with ruleId = 2 failed validation. "
                    + "Exact schema and table name required when using table settings rule."
            ),
        ]
        for (file, answer) in cases {
            #expect(violations(file).compactMap(\.awsMessage).contains(answer), "\(file)")
            let finding = try #require(violations(file).first { $0.awsMessage == answer }?.finding)
            #expect(finding.severity == .error && finding.message.utf8.count > answer.utf8.count)
        }
    }

    @Test func anIDOfAnotherRuleTypeCountsAsRepeated() {
        let file = Self.document(
            Self.selection("2"), Self.settings(#"{"mode": "limited", "bulk-max-size": "1"}"#))
        #expect(violations(file).map(\.kind) == [.ruleIDRepeated])
    }

    @Test(arguments: [
        (#"{"mode": "limited", "bulk-max-size": "0"}"#, MappingViolation.Kind.bulkMaxSizeInvalid),
        (#"{"bulk-max-size": "0"}"#, .bulkMaxSizeInvalid), (#"{"mode": "limited"}"#, .bulkMaxSizeInvalid),
        (#"{"mode": "limited", "bulk-max-size": "102401"}"#, .bulkMaxSizeInvalid),
        (#"{"mode": "unlimited", "bulk-max-size": "102401"}"#, .bulkMaxSizeInvalid),
        (#"{"mode": "limited", "bulk-max-size": "-1"}"#, .bulkMaxSizeInvalid),
        (#"{"mode": "limited", "bulk-max-size": "64 KB"}"#, .bulkMaxSizeInvalid),
        (#"{"mode": "limited", "bulk-max-size": "99999999999999999999"}"#, .bulkMaxSizeInvalid),
        (#"{"mode": "limited", "bulk-max-size": 64}"#, .bulkMaxSizeNotString),
        (#"{"mode": "full", "bulk-max-size": "64"}"#, .lobModeUnknown), ("[]", .lobSettingsInvalid),
        (#"{"mode": "limited", "bulk-max-size": "64", "lob-mode": "x"}"#, .keyUnknown),
        (#"{"mode": "limited", "bulk-max-size": "64", "max-lob-size": 1}"#, .keyUnknown),
    ])
    func lobSettingsAreChecked(_ settings: String, _ kind: MappingViolation.Kind) {
        #expect(
            Set(violations(Self.document(Self.selection(), Self.settings(settings))).map(\.kind)) == [kind])
    }

    @Test(arguments: [
        #"{"mode": "unlimited", "bulk-max-size": "0"}"#, #"{"mode": "none"}"#, #"{"bulk-max-size": "16"}"#,
        #"{"mode": "none", "bulk-max-size": "banana"}"#,
    ])
    func lobSettingsThatDMSTakesAreNoViolation(_ settings: String) {
        #expect(violations(Self.document(Self.selection(), Self.settings(settings))) == [])
    }

    @Test(arguments: [
        (", \"lob-settings\": {\"mode\": \"limited\"}", MappingViolation.Kind.keyMisplaced),
        (", \"bulk-max-size\": \"64\"", .keyMisplaced), (", \"lob-mode\": \"limited\"", .keyUnknown),
        (", \"inline-lob-max-size\": 64", .keyUnknown), (", \"load-order\": 0", .loadOrderInvalid),
        (", \"load-order\": 2147483648", .loadOrderInvalid), (", \"filters\": [{}]", .filtersIgnored),
    ])
    func selectionRulesAreChecked(_ more: String, _ kind: MappingViolation.Kind) {
        #expect(violations(Self.document(Self.selection("1", more))).map(\.kind) == [kind])
    }

    @Test func restOfTheGuideIsChecked() {
        let lob = #"{"mode": "limited", "bulk-max-size": "64"}"#
        let cases: [(String, [MappingViolation.Kind])] = [
            (
                Self.document(Self.selection("\"x\"")),
                [.ruleIDInvalid, .ruleNameInvalid].filter { $0 == .ruleIDInvalid }
            ),
            (Self.document(Self.selection().replacing("\"n1\"", with: "\"a b\"")), [.ruleNameInvalid]),
            (
                Self.document(Self.selection(), Self.selection("3", table: "u").replacing("n3", with: "n1")),
                [.ruleNameRepeated]
            ),
            (Self.document(Self.selection(table: "a%")), [.exactNameRequired]),
            (Self.document(Self.selection(table: "")), [.objectNameMissing]),
            (
                Self.document(
                    Self.selection().replacing(
                        "\"table-name\"", with: "\"table-type\": \"heap\", \"table-name\"")),
                [.tableTypeUnknown]
            ),
            (Self.document(Self.selection(), Self.settings(lob, table: "u")), [.settingsWithoutSelection]),
            (
                Self.document(
                    Self.selection(),
                    Self.settings(lob, more: ", \"parallel-load\": {\"type\": \"partitions-auto\"}")),
                [.parallelLoadUnsupported]
            ),
            (
                Self.document(
                    Self.selection(), Self.settings(lob),
                    Self.settings(lob).replacing("\"2\"", with: "\"3\"").replacing("two", with: "three")),
                [.settingsRepeated]
            ),
        ]
        for (file, kinds) in cases {
            #expect(violations(file).map(\.kind) == kinds, "\(file)")
        }
    }

    @Test func aPartitionWithItsRootIsFound() throws {
        let root = RelationName(schema: Identifier("s"), name: Identifier("t"))
        let roots = [RelationName(schema: Identifier("s"), name: Identifier("t_1")): root]
        let include = Self.selection(table: "t%").replacing("explicit", with: "include")
        let document = try MappingDocument(parsing: Array(Self.document(include).utf8))
        #expect(
            MappingValidator.violations(in: document, roots: roots).map(\.kind) == [.partitionWithRoot])
        let leafOnly = try MappingDocument(parsing: Array(Self.document(Self.selection(table: "t_1")).utf8))
        #expect(MappingValidator.violations(in: leafOnly, roots: roots) == [])
    }

    @Test func aFileOverTwoMegabytesIsRefused() {
        let file = Self.document(Self.selection()) + String(repeating: " ", count: 2_000_000)
        #expect(violations(file).map(\.kind) == [.documentTooLarge])
    }

    @Test func messagesNameTheRuleAndAreOneLine() {
        for violation in violations(Self.document(Self.selection("1", ", \"a\\nb\": 1"))) {
            #expect(violation.subject == "rule 1 (s.t)")
            #expect(!violation.message.utf8.contains(0x0A))
        }
    }
}
