import EphemeralPostgreSQL

/// Packages, figures, JSON and XML.
extension DemoDatabase {
    func loadPackages() async throws(ClusterError) {
        let hasHstore = features.extensions.contains("hstore")
        let packages = installedPackages()
        try await copy("app.package") { input throws(ClusterError) in
            for package in packages {
                var row = CopyRow()
                row.text(package.name)
                row.text(package.value["Section"])
                row.text(ValueLiteral.composite(package.value.maintainer))
                row.text(package.value["Description"])
                row.text(ValueLiteral.array(package.value.list("Depends")))
                let fields = package.value.fields
                row.text(hasHstore ? ValueLiteral.hstore(fields) : ValueLiteral.json(fields))
                row.text(ValueLiteral.json(fields))
                try await input.write(row)
            }
        }
    }

    /// The machine's packages, or its documents in their place; a name that occurs again gets a number.
    private func installedPackages() -> [(name: [UInt8], value: DemoPackage)] {
        let list = DemoFile(path: DemoFiles.packageList, size: 0, modified: 0, kind: .document).text() ?? []
        var packages = DemoPackage.parse(list)
        if packages.isEmpty {
            progress("\(DemoFiles.packageList) is missing, so documents replace packages")
            packages = files[.document].prefix(500).map(DemoPackage.init(file:))
        }
        var seen: [[UInt8]: Int] = [:]
        return packages.prefix(max(20, size.paragraphs / 10)).map { package in
            let name = package["Package"]
            let count = seen[name, default: 0] + 1
            seen[name] = count
            return (count == 1 ? name : name + Array("#\(count)".utf8), package)
        }
    }

    func loadShapes() async throws(ClusterError) {
        var items = cycle(.document, permille: 40, asText: true)
        try await copy("app.shape") { input throws(ClusterError) in
            while let item = items.next() {
                let lengths = ContentShape.lineLengths(item.content, limit: 5000)
                var row = CopyRow()
                row.number(item.number)
                row.text(ValueLiteral.points(ContentShape.histogram(item.content)))
                row.text(ValueLiteral.points(ContentShape.profile(lengths)))
                row.text(ValueLiteral.array(lengths))
                try await input.write(row)
            }
        }
        report("app.shape", items)
    }

    /// JSON files, and documents as lists of lines for what they lack of their share.
    func loadConfigurations() async throws(ClusterError) {
        var items = DemoFileCycle(
            files[.json], budget: size.bytes / 1000 * 80, asText: true, rounds: 1)
        var stagedRows: [(number: Int, path: String, content: [UInt8])] = []
        while let item = items.next() { stagedRows.append((item.number, item.path, item.content)) }
        var documents = DemoFileCycle(files[.document], budget: max(0, items.budget), asText: true)
        let count = stagedRows.count
        while let item = documents.next() {
            stagedRows.append((count + item.number, item.path, ValueLiteral.json(lines: item.content)))
        }
        try await copyStaged(stagedRows, before: Self.jsonParser, after: Self.insertConfigurations)
    }

    func loadMarkup() async throws(ClusterError) {
        guard features.xml else {
            progress("app.markup: the server reads no XML, the table stays empty")
            return
        }
        var items = cycle(.markup, permille: 40, asText: true)
        var rows: [(number: Int, path: String, content: [UInt8])] = []
        while let item = items.next() { rows.append((item.number, item.path, item.content)) }
        try await copyStaged(rows, before: Self.xmlParser, after: Self.insertMarkup)
        report("app.markup", items)
    }

    /// Loads texts into a temporary table `stage`; what follows takes those that parse.
    private func copyStaged(
        _ rows: [(number: Int, path: String, content: [UInt8])], before: String, after: String
    ) async throws(ClusterError) {
        let stage = "CREATE TEMPORARY TABLE stage (id bigint, path text, content text);"
        try await copy("stage", before: stage + before, after: after) { input throws(ClusterError) in
            for item in rows {
                var row = CopyRow()
                row.number(item.number)
                row.text(item.path)
                row.text(item.content)
                try await input.write(row)
            }
        }
    }

    private static let jsonParser = """
        CREATE FUNCTION pg_temp.parsed(source text) RETURNS jsonb LANGUAGE plpgsql AS $$
        BEGIN
            RETURN source::jsonb;
        EXCEPTION WHEN others THEN
            RETURN NULL;
        END $$;
        """

    /// Where no file is JSON, the packages' records are loaded.
    private static let insertConfigurations = """
        INSERT INTO app.configuration
        WITH parsed AS MATERIALIZED (SELECT *, pg_temp.parsed(content) AS value FROM stage)
        SELECT id, path, content::json, value FROM parsed WHERE value IS NOT NULL ORDER BY id;
        INSERT INTO app.configuration
        SELECT row_number() OVER (ORDER BY name), name, record::text::json, record FROM app.package
        WHERE NOT EXISTS (SELECT FROM app.configuration);
        """

    private static let xmlParser = """
        CREATE FUNCTION pg_temp.parsed(source text) RETURNS xml LANGUAGE plpgsql AS $$
        BEGIN
            RETURN xmlparse(DOCUMENT source);
        EXCEPTION WHEN others THEN
            RETURN NULL;
        END $$;
        """

    /// Where no file is XML, the packages are loaded as XML.
    private static let insertMarkup = """
        INSERT INTO app.markup
        WITH parsed AS MATERIALIZED (SELECT *, pg_temp.parsed(content) AS value FROM stage)
        SELECT id, path, value, left(content, 18000) FROM parsed WHERE value IS NOT NULL ORDER BY id;
        INSERT INTO app.markup
        SELECT row_number() OVER (ORDER BY name), name,
               xmlelement(name package, xmlforest(name, section::text AS section, description)), left(description, 18000)
        FROM app.package WHERE NOT EXISTS (SELECT FROM app.markup);
        """
}
