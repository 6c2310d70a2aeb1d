extension FixedWidthInteger {
    /// The sum of two amounts that are zero or more, or the largest value where it does not fit: a hostile
    /// snapshot must not trap.
    package func saturatingSum(_ other: Self) -> Self {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    /// The product of two amounts that are zero or more, or the largest value where it does not fit.
    package func saturatingProduct(_ factor: Self) -> Self {
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        return overflow ? .max : product
    }
}
