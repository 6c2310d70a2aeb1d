import LOBProfile
import PostgreSQLClient

/// What could be read of one row, some of whose values cannot be: the columns whose sizes are in the headers
/// together, each of the others alone.
struct RowOutcome {
    /// Positions among the columns of the complete scan, and the sizes in them.
    private(set) var read: [(indices: [Int], result: PackedResult)] = []
    /// Columns whose value could not be read, with the reason.
    private(set) var failures: [(index: Int, reason: Unmeasured.Reason, state: SQLState?)] = []

    /// Reads the row.
    ///
    /// - Parameters:
    ///   - columns: the columns whose true size is wanted.
    ///   - storedColumns: the columns whose stored size is wanted, which come after the others.
    ///   - read: reads the columns at some positions; nil where the table is no longer the planned one.
    /// - Returns: nil where the table is no longer the planned one.
    /// - Throws: `PostgreSQLError` for what is not the row's fault.
    init?(
        columns: [Column], storedColumns: [Column],
        _ read: ([Int]) throws(PostgreSQLError) -> PackedResult?
    ) throws(PostgreSQLError) {
        let expensive = columns.indices.filter { !columns[$0].family.sizeIsInHeader }
        let cheap = (0..<columns.count + storedColumns.count).filter { !expensive.contains($0) }
        for indices in (cheap.isEmpty ? [] : [cheap]) + expensive.map({ [$0] }) {
            do throws(PostgreSQLError) {
                guard let result = try read(indices) else { return nil }
                self.read.append((indices, result))
            } catch {
                guard case .halve(let reason) = ScanFault(error) else { throw error }
                failures += indices.map { ($0, reason, error.sqlState) }
            }
        }
    }
}
