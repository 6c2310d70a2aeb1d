/// Why the answers of the offline kit are of no use.
public enum KitError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The first line is not that of answers.
    case notAnswers
    /// Answers to a script of another version.
    case unknownFormat(Int)
    /// The last line is missing.
    case truncated
    /// The last line says another number of lines.
    case incomplete(lines: Int, announced: Int)
    /// A line is not what the script writes.
    case damaged(line: Int, reason: String)
    /// An answer is not what the statement gives.
    case unreadable(reason: String)
    /// A pattern of the scope or the policy matches nothing; the reason says which, and stands by itself.
    case refused(String)

    /// What is wrong, with a hint on its own line; what it is about stands before it.
    public var description: String {
        switch self {
        case .notAnswers:
            "is no file of answers\nhint: lobscope kit writes a script, and psql -X -f SCRIPT the answers"
        case .unknownFormat(let format):
            "is of another version of the kit (format \(format))\nhint: import it with the lobscope of the script"
        case .truncated:
            "ends early: its last line is missing\nhint: see what psql said; run the script, or copy the file, again"
        case .incomplete(let lines, let announced):
            "has \(lines) lines of \(announced)\nhint: copy the file again, as psql wrote it"
        case .damaged(let line, let reason):
            "is damaged in line \(line): \(reason)\nhint: copy the file again, as psql wrote it"
        case .refused(let reason): reason
        case .unreadable(let reason):
            "holds an answer that cannot be read: \(reason)\nhint: import it with the lobscope of the script"
        }
    }
}
