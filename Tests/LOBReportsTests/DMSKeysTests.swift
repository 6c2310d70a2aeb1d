import LOBAdvice
import LOBReports
import TestSupport
import Testing

/// Every key that is emitted for DMS has a source, and `reports/dms-keys.md` lists them.
struct DMSKeysTests {
    /// A report with everything that a file can have: slots, a plugin, varchar without a length, limits, look-ups.
    private static func reports() -> [Report] {
        let golden = GoldenReport.report.profile
        let tables = golden.tables.map(\.relation.name)
        let slots = SlotAssignment(source: .file, slots: [.init(name: Identifier("one"), tables: tables)])
        return [Deployment(), Deployment(slots: slots, cdcStart: "16/B374D848")].flatMap { deployment in
            MigrationType.allCases.map { type in
                var profile = golden
                profile.deployment = deployment
                profile.policy.migrationType = type
                return Report(profile: profile, recommendation: Recommender(profile).recommend())
            }
        }
    }

    /// The keys of a document by their paths; what stands in lists has the path of the list.
    private static func keys(of json: JSONValue, at path: String = "") -> Set<String> {
        switch json {
        case .object(let members):
            members.reduce(into: []) { found, member in
                let name = String(decoding: member.key, as: UTF8.self)
                let inner = path.isEmpty ? name : "\(path).\(name)"
                let below = keys(of: member.value, at: inner)
                found.formUnion(below.isEmpty ? [inner] : below)
            }
        case .array(let elements): elements.reduce(into: []) { $0.formUnion(keys(of: $1, at: path)) }
        default: []
        }
    }

    private static func words(_ text: [UInt8], _ isKey: (Substring) -> Substring?) -> Set<String> {
        Set(String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap(isKey).map(String.init))
    }

    /// The keys of every file of a report that DMS or a tool for it reads.
    private static func keys(of report: Report) throws -> [(container: String, keys: Set<String>)] {
        let task = try #require(report.recommendation.tasks.first)
        let parsed = { (format: ReportFormat) in try JSONValue(parsing: report.render(format)) }
        var found: [(String, Set<String>)] = [
            (DMSKeyReference.taskSettings, keys(of: task.settings.json)),
            (DMSKeyReference.mapping, keys(of: task.mapping.json)),
            (DMSKeyReference.endpoint, keys(of: task.endpoint.json)),
            (
                DMSKeyReference.attributes,
                Set(
                    task.endpoint.extraConnectionAttributes.split(separator: ";").compactMap {
                        $0.split(separator: "=").first.map(String.init)
                    })
            ),
            (
                DMSKeyReference.cli,
                words(report.render(.awsCLI)) { line in
                    let option = line.drop { $0 == " " }
                    return option.hasPrefix("--") ? option.prefix { $0 != " " } : nil
                }
            ),
            (
                DMSKeyReference.terraform,
                words(report.render(.terraform)) { line in
                    // Attributes of resources; those of documents within are quoted.
                    let name = line.dropFirst(2).prefix { $0 != " " }
                    return line.hasPrefix("  ") && name.first?.isLetter == true && line.contains(" = ")
                        ? name : nil
                }
            ),
        ]
        for (format, name) in [
            (ReportFormat.cloudFormation, DMSKeyReference.cloudFormation),
            (.cloudFormationServerless, DMSKeyReference.serverless),
        ] {
            let template = try parsed(format)
            let properties = (template["Resources"]?.objectMembers ?? []).reduce(into: Set<String>()) {
                for member in $1.value["Properties"]?.objectMembers ?? [] {
                    $0.insert("Properties." + String(decoding: member.key, as: UTF8.self))
                }
            }
            let metadata = (template["Metadata"]?.objectMembers ?? []).compactMap(\.value.objectMembers)
            let needs = metadata.joined().map { "Metadata." + String(decoding: $0.key, as: UTF8.self) }
            found.append((name, properties.union(needs)))
        }
        return found
    }

    @Test func everyKeyThatIsEmittedHasASource() throws {
        var byContainer: [String: Set<String>] = [:]
        var order: [String] = []
        for report in Self.reports() {
            for (container, keys) in try Self.keys(of: report) {
                if byContainer[container] == nil { order.append(container) }
                byContainer[container, default: []].formUnion(keys)
            }
        }
        var text = """
            # Keys that are emitted for DMS

            Every key of the files that lobscope writes for DMS, and where it comes from: **documented** by a page of AWS or of the
            tool, **seen** in what AWS prints or others deploy, or **uncertain** in what it does here. Made from the files
            themselves by `DMSKeysTests`.

            """
        var used: Set<String> = []
        for container in order {
            text += "\n## \(container)\n\n| Key | Status | Source |\n| --- | --- | --- |\n"
            for key in byContainer[container, default: []].sorted(by: {
                $0.utf8.lexicographicallyPrecedes($1.utf8)
            }) {
                guard let reference = DMSKeyReference.of(key, in: container) else {
                    Issue.record("\(container): \(key) has no source")
                    continue
                }
                used.insert("\(container) \(reference.key)")
                text += "| `\(key)` | \(reference.status.rawValue) | \(reference.source) |\n"
            }
        }
        // A source for what is not emitted any more is out of date.
        #expect(DMSKeyReference.all.filter { !used.contains("\($0.container) \($0.key)") }.map(\.key) == [])
        expect(text, matchesGolden: "../../../reports/dms-keys.md")
    }
}
