import LOBAdvice
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

/// A table of which nothing was read, though the catalog says that it has rows: empty, or hidden from a plain read.
@Suite(.database) struct HiddenRowsTests {
    /// The rows of `shell` are in a table of an extension, which the catalog of a survey does not list; all others are as
    /// they seem.
    private static let tables = """
        CREATE EXTENSION hstore;
        CREATE TABLE shell (id int, t text); INSERT INTO shell SELECT i, repeat('x', i % 900) FROM generate_series(1, 1000) i;
        CREATE TABLE emptied (id int, t text); INSERT INTO emptied SELECT * FROM shell;
        CREATE TABLE filled (id int, t text); INSERT INTO filled SELECT * FROM shell;
        ANALYZE; DELETE FROM shell; DELETE FROM emptied;
        CREATE TABLE kept_elsewhere () INHERITS (shell); INSERT INTO kept_elsewhere VALUES (1, 'abc');
        ALTER EXTENSION hstore ADD TABLE kept_elsewhere;
        """

    @Test(
        arguments: [
            (PlanOptions.Method.full, nil), (.auto, nil),
            (.sample, SampleDesign(method: .system, percent: 50, seed: 1)),
            (.sample, SampleDesign(method: .bernoulli, percent: 0.001, seed: 1)),
            (.sample, SampleDesign(method: .blocks, percent: 10, seed: 1)),
        ] as [(PlanOptions.Method, SampleDesign?)])
    func whatAPlainReadDoesNotShowIsNotMeasured(method: PlanOptions.Method, sample: SampleDesign?)
        async throws
    {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let profile = try await profileOfCurrent(method: method, sample: sample)
        #expect(profile.unmeasured.map(\.subject) == ["public.shell"], "\(profile.unmeasured)")
        #expect(profile.unmeasured.map(\.reason) == [.hidden])
        #expect(profile.table("shell")?.measurement("t") == nil)
        #expect(!profile.isComplete)
        let emptied = try #require(profile.table("emptied"))
        if method == .full { #expect(emptied.rows == .init(count: 0, isExact: true)) }
        // A sample that came upon no row says nothing of a table that has some.
        #expect(profile.table("filled")?.measurement("t") != nil)
    }
}
