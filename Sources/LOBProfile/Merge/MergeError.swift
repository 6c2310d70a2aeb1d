/// Why profiles cannot be added.
public struct MergeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The table, column or database it is about, for people.
    public let subject: String
    /// What is in the way.
    public let problem: Problem

    /// What can be in the way.
    public enum Problem: Hashable, Sendable {
        /// The same snapshot twice.
        case sameSnapshot
        /// Two measurements of one database, which are alternatives and no parts; the table is in both.
        case alternatives(table: String)
        /// Nothing says whether two databases of the same name are one; the table is in both.
        case perhapsAlternatives(table: String)
        /// Something has one value here and another there.
        case differs(what: String, one: String, other: String)
        /// The histogram is of a sample, whose share of the rows is not the same everywhere.
        case sampledHistogram
    }

    init(_ subject: String, _ problem: Problem) {
        self.subject = subject
        self.problem = problem
    }

    /// The object, what is wrong, and a remedy on a line of its own.
    public var description: String { "\"\(subject)\" \(reason)\nhint: \(remedy)" }

    private var reason: String {
        switch problem {
        case .sameSnapshot: "is given twice"
        case .alternatives(let table):
            "was measured twice, \"\(table)\" among others: two measurements of one database cannot be added"
        case .perhapsAlternatives(let table):
            "may be one database measured twice, as \"\(table)\" is in both and a system identifier is not known"
        case .differs(let what, let one, let other):
            "has \(what) \(one) in one snapshot and \(other) in another"
        case .sampledHistogram: "has a histogram of a sample, which cannot be added to another"
        }
    }

    private var remedy: String {
        switch problem {
        case .sameSnapshot: "name each snapshot once"
        case .alternatives: "take one of them, or compare them with lobscope compare"
        case .perhapsAlternatives:
            "--assume-distinct says that they are different databases, and no replicas of one another"
        case .differs: "profile them again in the same way, or leave one out"
        case .sampledHistogram: "profile again with --histogram exact"
        }
    }
}
