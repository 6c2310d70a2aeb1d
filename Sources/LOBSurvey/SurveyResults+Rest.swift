import LOBProfile

/// What nobody read.
extension SurveyResults {
    /// Adds the relations of a catalog of which nothing was planned, and parts of its tables that are out of scope.
    func addRest(of catalog: Catalog, _ policy: Policy) {
        addUnplanned(catalog)
        addUnscoped(catalog, policy)
    }

    /// Tables that had nothing to measure, or could not be: the mapping names them all the same.
    private func addUnplanned(_ catalog: Catalog) {
        let listed = Set(collected().tables.map(\.relation.oid))
        for relation in catalog.relations where !listed.contains(relation.oid) {
            add(Survey.unmeasuredTable(relation), unmeasured: [])
        }
    }

    /// Parts out of scope of tables that are in scope: partitions, and descendants whose rows a full load reads under the name of
    /// what they inherit from.
    private func addUnscoped(_ catalog: Catalog, _ policy: Policy) {
        let known = Set(catalog.relations.map(\.name))
        let inherited =
            policy.migrationType.includesFullLoad
            ? catalog.relations.filter(\.isInheritanceParent).flatMap { $0.descendants ?? [] } : []
        let read = inherited + catalog.relations.flatMap { $0.partitionsOutOfScope ?? [] }
        for name in Set(read).subtracting(known).sorted() {
            add(Unmeasured(relation: name, reason: .outOfScope))
        }
    }
}
