/// Why a file of the store was not written or not read; it names the path.
public struct StoreError: Error, Hashable, Sendable {
    /// The file or folder it is about.
    public let path: String
    /// What is wrong with it.
    public let problem: Problem

    /// Creates an error about a path.
    public init(_ path: String, _ problem: Problem) {
        self.path = path
        self.problem = problem
    }

    /// What can be wrong with a file or folder.
    public enum Problem: Hashable, Sendable {
        /// There is nothing at the path.
        case notFound
        /// There is a folder, a symbolic link, a pipe or a device at the path.
        case notAFile
        /// There is something else where a folder is needed.
        case notAFolder
        /// The file is no snapshot of lobscope.
        case foreign(reason: String)
        /// The file ends before its content does.
        case truncated
        /// The content is not what was written.
        case damaged(reason: String)
        /// The file, or what it inflates to, is beyond the limits of a reader.
        case tooLarge(reason: String)
        /// A later version of lobscope wrote it.
        case newer(format: Int)
        /// A folder holds no snapshot.
        case empty
        /// A folder holds several snapshots, and one was asked for.
        case ambiguous(count: Int)
        /// The digest in the file's name is not that of its content.
        case misnamed(digest: String)
        /// A file with this name and other content is there already; nothing is overwritten.
        case exists
        /// The folder for a report has files in it already.
        case alreadyUsed
        /// The name cannot be that of a file here.
        case invalidName
        /// The operating system refused; the code is an `errno`.
        case system(Operation, code: Int32)
    }

    /// What was asked of the operating system.
    public enum Operation: String, Hashable, Sendable {
        case open = "opened"
        case read = "read"
        case create = "created"
        case write = "written"
        case synchronize = "flushed to disk"
        case link = "given its name"
        case list = "listed"
        case remove = "removed"
    }
}
