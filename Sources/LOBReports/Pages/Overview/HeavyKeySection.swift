import LOBAdvice
import SizeStatistics

/// What makes the largest json and jsonb values large.
enum HeavyKeySection {
    /// The section; nil where nobody asked for it, on the first screen, and where snapshots were merged, of which none keeps it.
    static func section(_ report: Report, _ extent: OverviewPage.Extent) -> PageSection? {
        guard let names = report.profile.options.jsonKeys, !extent.isScreen else { return nil }
        let columns = columns(of: report.profile)
        guard !columns.isEmpty || report.profile.sources == nil else { return nil }
        return PageSection(
            id: "json-keys", title: "Heavy JSON keys", importance: .outlook,
            blocks: [.paragraph(HeavyKeyText.introduction(names))] + blocks(columns, names, extent))
    }

    private static func blocks(
        _ columns: [DocumentColumn], _ names: JSONKeyNames, _ extent: OverviewPage.Extent
    ) -> [PageBlock] {
        guard !columns.isEmpty else { return [.paragraph(HeavyKeyText.nothing)] }
        let shown = columns.prefix(extent.tables)
        let more = columns.count - shown.count
        let lines = shown.map { column -> PageText in
            "\(code: column.name): \(HeavyKeyText.summary(column.documents, names))"
        }
        let rest: [PageText] = more > 0 ? ["and \(NumberText.counted(more, "column")) more: report.json"] : []
        let keys = shown.flatMap(\.keys)
        return (keys.isEmpty ? [] : [.table(table(keys, names))]) + [.list(lines + rest)]
    }

    /// A column with its largest values taken apart.
    private struct DocumentColumn {
        let name: String
        let family: TypeFamily
        let documents: [LargeDocument]

        /// A key that takes less of a value is not worth a line.
        private static let lightest = 0.01

        /// The keys of the largest object that are worth a line, and the heaviest in any case.
        var keys: [Line] {
            guard let document = documents.first(where: { !$0.heaviest.isEmpty }) else { return [] }
            let least = Double(document.value.size.bytes) * Self.lightest
            let heavy = document.heaviest.prefix { Double($0.size.bytes) >= least }
            return document.heaviest.prefix(max(1, heavy.count)).indices.map {
                Line(column: self, document: document, number: $0)
            }
        }
    }

    /// A key of a value, counted from 0.
    private struct Line {
        let column: DocumentColumn
        let document: LargeDocument
        let number: Int

        var key: HeavyKey { document.heaviest[number] }
        var rest: Figure { document.size(withoutHeaviest: number + 1, of: column.family) }
    }

    /// Those with the largest values first.
    private static func columns(of profile: Profile) -> [DocumentColumn] {
        let columns = profile.tables.flatMap { table in
            table.columns.compactMap { column -> DocumentColumn? in
                guard let documents = column.measurement?.largeDocuments, !documents.isEmpty else {
                    return nil
                }
                return DocumentColumn(
                    name: "\(table.relation.name.losslessText).\(column.column.name.losslessText)",
                    family: column.column.family, documents: documents)
            }
        }
        let sizes = columns.map { $0.documents[0].value.size }
        return columns.indices.sorted { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1 }
            .map { columns[$0] }
    }

    private static func table(_ lines: [Line], _ names: JSONKeyNames) -> PageTable {
        PageTable(
            "The heaviest top-level keys of the largest object of each column", lines,
            [
                .init("Column", isElastic: true) { .code($0.column.name) },
                .init("Row (ctid)", isExtra: true) { .code($0.document.value.ctid) },
                .init("Key", isElastic: true) { HeavyKeyText.key($0.key, names) },
                .init("Takes", isNumeric: true) { PageText(SizeText.rounded($0.key.size)) },
                .init("Share", isNumeric: true) { PageText(HeavyKeyText.share($0.key, of: $0.document)) },
                .init("Size without it and those above", isNumeric: true) {
                    PageText(FigureText.exact($0.rest))
                },
            ])
    }
}
