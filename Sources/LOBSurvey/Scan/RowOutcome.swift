import LOBProfile
import PostgreSQLClient

/// What could be read of one row, some of whose values cannot be: the columns whose sizes are in the headers
/// together, each of the others alone.
struct RowOutcome {
    /// Positions among the columns of the complete scan, and the sizes in them.
    private(set) var read: [(indices: [Int], result: CountedResult)] = []
    /// Columns whose value could not be read.
    private(set) var failures: [Failure] = []

    /// A column whose value could not be read, by its position, with the reason.
    struct Failure {
        let index: Int
        let reason: Unmeasured.Reason
        let error: PostgreSQLError
    }

    /// Reads the row.
    ///
    /// - Parameters:
    ///   - columns: the columns of the scan.
    ///   - fullCount: of so many of them the true size is wanted, of those behind them the stored one.
    ///   - read: reads the columns at some positions; nil where the table is no longer the planned one.
    /// - Returns: nil where the table is no longer the planned one.
    /// - Throws: `PostgreSQLError` for what is not the row's fault.
    init?(
        columns: [Column], fullCount: Int,
        _ read: ([Int]) throws(PostgreSQLError) -> CountedResult?
    ) throws(PostgreSQLError) {
        let expensive = (0..<fullCount).filter { !columns[$0].family.sizeIsInHeader }
        let cheap = columns.indices.filter { !expensive.contains($0) }
        for indices in (cheap.isEmpty ? [] : [cheap]) + expensive.map({ [$0] }) {
            do throws(PostgreSQLError) {
                guard let result = try read(indices) else { return nil }
                self.read.append((indices, result))
            } catch {
                guard case .halve(let reason) = ScanFault(error) else { throw error }
                failures += indices.map { Failure(index: $0, reason: reason, error: error) }
            }
        }
    }
}
