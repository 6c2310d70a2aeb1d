/// The checkpoint that a survey keeps in its report folder while it runs, so that another one can go on when it is killed.
public struct KeptCheckpoint: Sendable {
    private let folder: String
    private var number = 0

    /// Makes the folder where it is missing.
    ///
    /// - Throws: ``StoreError``: already used when the folder has files in it, or why it cannot be made.
    public init(in folder: String) throws(StoreError) {
        _ = try ReportFolder.create(at: folder)
        self.folder = folder
    }

    /// Writes the next one, then removes the one before: whenever the survey ends, one of them is whole.
    ///
    /// - Parameter bytes: what ``CheckpointFile/seal(_:)`` made.
    public mutating func keep(_ bytes: [UInt8]) throws(StoreError) {
        try DurableFile.write(bytes, named: CheckpointFile.keptName(number + 1), in: folder)
        number += 1
        if number > 1 { try SystemCall.remove(folder + "/" + CheckpointFile.keptName(number - 1)) }
    }

    /// Removes all of a folder, once its report is whole.
    public static func remove(from folder: String) throws(StoreError) {
        for name in try SystemCall.names(in: folder) where CheckpointFile.isKept(name) {
            try SystemCall.remove(folder + "/" + name)
        }
    }
}
