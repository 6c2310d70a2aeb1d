/// Columns of type varchar or bpchar without a length: DMS cuts their values at ``Column/unboundedVarcharCap`` bytes, or at
/// `unboundedVarcharMaxSize` of the source endpoint (DMS user guide, PostgreSQL source).
package enum UnboundedVarchar {
    /// The largest `unboundedVarcharMaxSize`, in bytes.
    package static let largestSetting = ByteCount(10_485_760)
    /// The smallest that is proposed, in bytes.
    private static let smallestSetting: Int64 = 65_536

    /// Whether a column is one.
    static func isOne(_ column: Column) -> Bool {
        (column.family == .varchar || column.family == .bpchar) && column.declaredLength == nil
    }

    /// The `unboundedVarcharMaxSize` for a largest value: twice its size; nil where DMS's default has as much room, and where
    /// no setting holds the value.
    static func setting(for largest: ByteCount) -> ByteCount? {
        guard largest.bytes > Int64(Column.unboundedVarcharCap) / 2, largest <= largestSetting else {
            return nil
        }
        return min(ByteCount(max(largest.bytes.saturatingProduct(2), smallestSetting)), largestSetting)
    }
}
