extension Profile {
    /// Whether another server holds the same database, or may: the same name, and no other system identifier.
    public func mayBeOfSameDatabase(as other: Profile) -> Bool {
        mayBe(of: other.database, on: other.server)
    }

    /// Whether a catalog is that of the same database, or may be.
    public func mayBeOfSameDatabase(as catalog: Catalog) -> Bool {
        mayBe(of: catalog.database, on: catalog.server)
    }

    private func mayBe(of otherDatabase: Identifier, on other: ServerFacts) -> Bool {
        guard database == otherDatabase else { return false }
        guard let mine = server.systemIdentifier, let theirs = other.systemIdentifier else { return true }
        return mine.utf8.elementsEqual(theirs.utf8)
    }
}
