import PostgreSQLClient

/// The questions that the catalog of a database is read by, in the order in which their answers are needed.
enum CatalogPart: String, CaseIterable {
    case publications, codeOfOthers, tablesOfDMS, server, types, extensions
    case columns, uniqueIndexes, foreignKeys, generatedColumns, inheritance, census, views, marks, relations

    /// Those that depend on no answer.
    static let first: [CatalogPart] = [
        .publications, .codeOfOthers, .tablesOfDMS, .server, .types, .extensions,
    ]
    /// Those behind them.
    static let rest: [CatalogPart] = allCases.filter { !first.contains($0) }
}

extension CatalogSQL {
    /// The statement of a part, as it is where no answer is known: of columns of all types, of no census and no marks.
    func query(_ part: CatalogPart) -> SQL {
        switch part {
        case .publications: publications
        case .codeOfOthers: CodeOfOthersSQL(serverVersion: serverVersion).query
        case .tablesOfDMS: tablesOfDMS
        case .server: server
        case .types: types
        case .extensions: KnownExtensions.query
        case .columns: columns(of: nil)
        case .uniqueIndexes: uniqueIndexes
        case .foreignKeys: foreignKeys
        case .generatedColumns: generatedColumns
        case .inheritance: inheritance
        case .census: census(of: [])
        case .views: views
        case .marks: KnownExtensions().marked
        case .relations: relations
        }
    }
}
