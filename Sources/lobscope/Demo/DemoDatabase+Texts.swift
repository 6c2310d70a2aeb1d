import EphemeralPostgreSQL

/// Documents, sources and paragraphs, and the list of files, which has no LOB.
extension DemoDatabase {
    func loadFiles() async throws(ClusterError) {
        let listed = files.all.prefix(size.paragraphs / 2)
        try await copy("app.file") { input throws(ClusterError) in
            for (index, file) in listed.enumerated() {
                var row = CopyRow()
                row.number(index + 1)
                row.text(file.path)
                row.number(file.size)
                row.text(Timestamp.text(secondsSince1970: file.modified))
                try await input.write(row)
            }
        }
    }

    func loadDocuments() async throws(ClusterError) {
        var items = cycle(.document, permille: 260, asText: true)
        try await copy("app.document") { input throws(ClusterError) in
            while let item = items.next() {
                var row = CopyRow()
                row.number(item.number)
                row.text(item.path)
                row.text(ContentShape.title(item.content))
                // Every seventh document has no summary.
                if item.number % 7 == 0 {
                    row.null()
                } else {
                    row.text(ContentShape.prefix(item.content, limit: 50 + item.number % 1950))
                }
                row.text(item.content)
                try await input.write(row)
            }
        }
        report("app.document", items)
    }

    func loadSources() async throws(ClusterError) {
        let languages: [(name: String, kind: DemoFile.Kind, permille: Int)] = [
            ("c", .header, 110), ("python", .python, 90), ("perl", .perl, 40), ("other", .otherSource, 10),
        ]
        for language in languages {
            var items = cycle(language.kind, permille: language.permille, asText: true)
            try await copy("app.source") { input throws(ClusterError) in
                while let item = items.next() {
                    var row = CopyRow()
                    row.text(language.name)
                    row.text(item.path)
                    row.text(item.content)
                    try await input.write(row)
                }
            }
            report("app.source (\(language.name))", items)
        }
    }

    func loadParagraphs() async throws(ClusterError) {
        var items = cycle(.document, permille: 400, asText: true)
        let wanted = size.paragraphs
        try await copy("archive.paragraph") { input throws(ClusterError) in
            while input.rows < wanted, let item = items.next() {
                let title = ContentShape.title(item.content)
                for (position, paragraph) in ContentShape.paragraphs(item.content).prefix(400).enumerated() {
                    var row = CopyRow()
                    row.text(item.path)
                    row.number(position + 1)
                    row.text(paragraph)
                    if position % 3 == 0 { row.text(title) } else { row.null() }
                    try await input.write(row)
                    if input.rows == wanted { break }
                }
            }
        }
        report("archive.paragraph", items)
    }
}

/// Times as PostgreSQL reads them.
enum Timestamp {
    /// A Julian day and the time of day, in UTC: needs no calendar here.
    static func text(secondsSince1970 seconds: Int) -> String {
        let day = seconds / 86_400
        let rest = seconds % 86_400
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let time = "\(padded(rest / 3600)):\(padded(rest / 60 % 60)):\(padded(rest % 60))"
        return "J\(day + 2_440_588) \(time) UTC"
    }
}
