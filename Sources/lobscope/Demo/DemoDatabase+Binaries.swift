import EphemeralPostgreSQL

/// Changelogs, manual pages, stored forms and large objects.
extension DemoDatabase {
    func loadChangelogs() async throws(ClusterError) {
        var items = cycle(.changelog, permille: 60, asText: false)
        try await copy("archive.changelog") { input throws(ClusterError) in
            while let item = items.next() {
                var row = CopyRow()
                row.text(item.path)
                row.bytea(item.content)
                try await input.write(row)
            }
        }
        report("archive.changelog", items)
    }

    func loadManuals() async throws(ClusterError) {
        var items = cycle(.manual, permille: 80, asText: false)
        try await copy("archive.manual") { input throws(ClusterError) in
            while let item = items.next() {
                var row = CopyRow()
                row.number(Self.section(ofManual: item.file) ?? item.number % 8 + 1)
                row.text(item.path)
                row.bytea(item.content)
                try await input.write(row)
            }
        }
        report("archive.manual", items)
    }

    /// The section of `.../man3/name.3.gz`, 3.
    private static func section(ofManual file: DemoFile) -> Int? {
        for part in file.path.utf8.split(separator: UInt8(ascii: "/")).dropLast() {
            guard part.count == 4, part.starts(with: "man".utf8), let digit = part.last else { continue }
            return Int(String(decoding: [digit], as: UTF8.self))
        }
        return nil
    }

    func loadStored() async throws(ClusterError) {
        var binaries = cycle(.binary, permille: 100, asText: false)
        var texts = cycle(.document, permille: 1000, asText: true)
        try await copy("archive.stored") { input throws(ClusterError) in
            while let item = binaries.next(), let text = texts.next() {
                let excerpt = ContentShape.prefix(text.content, limit: 16 << 10)
                var row = CopyRow()
                row.number(item.number)
                row.bytea(item.content)
                row.text(excerpt)
                row.text(excerpt)
                try await input.write(row)
            }
        }
        report("archive.stored", binaries)
    }

    func loadAttachments() async throws(ClusterError) {
        var items = cycle(.binary, permille: 30, asText: false)
        let after =
            """
            INSERT INTO app.attachment
            SELECT id, path, lo_from_bytea(0, content),
                   CASE WHEN id % 5 = 0 THEN lo_from_bytea(0, substr(content, 1, 1000)) END
            FROM stage ORDER BY id;

            """ + DemoSchema.strayLargeObjects
        try await copy(
            "stage", before: "CREATE TEMPORARY TABLE stage (id bigint, path text, content bytea);",
            after: after
        ) { input throws(ClusterError) in
            while let item = items.next() {
                var row = CopyRow()
                row.number(item.number)
                row.text(item.path)
                row.bytea(item.content)
                try await input.write(row)
            }
        }
        report("app.attachment", items)
    }
}
