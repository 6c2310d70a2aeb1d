import SystemPackage

extension StoreError: CustomStringConvertible {
    /// The quoted path and what is wrong with it; a remedy follows on a line that starts with `hint:`.
    public var description: String {
        guard let hint else { return message }
        return message + "\nhint: " + hint
    }

    /// The quoted path and what is wrong with it, on one line.
    public var message: String {
        "\"\(Self.visible(path))\" \(problem.message)"
    }

    /// What to do about it, where there is something.
    public var hint: String? {
        problem.hint
    }

    /// Text whose control and bidirectional characters, quotes and backslashes are escaped.
    private static func visible(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C: result += "\\\(scalar)"
            case 0...0x1F, 0x7F...0x9F, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
                result += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension StoreError.Problem {
    fileprivate var message: String {
        switch self {
        case .notFound: "does not exist"
        case .notAFile: "is not a regular file"
        case .notAFolder: "is not a folder"
        case .empty: "holds no snapshot"
        case .foreign(let reason): "is not a lobscope snapshot: it \(reason)"
        case .truncated: "is cut short"
        case .damaged(let reason): "is damaged: \(reason)"
        case .tooLarge(let reason): "is too large: it \(reason)"
        case .newer(let format): "was written by a later version of lobscope (format \(format))"
        case .ambiguous(let count): "holds \(count) snapshots"
        case .misnamed(let digest): "is damaged or was renamed: the digest of its content is \(digest)"
        case .exists: "exists already with other content"
        case .alreadyUsed: "is already used: the folder is not empty"
        case .invalidName: "cannot be the name of a file"
        case .system(let operation, let code):
            "could not be \(operation.rawValue): \(Errno(rawValue: code).description)"
        }
    }

    fileprivate var hint: String? {
        switch self {
        case .notFound: "check the path"
        case .notAFile: "name the file itself: symbolic links, pipes and devices are refused"
        case .notAFolder: "choose another folder"
        case .empty: "name a snapshot, a report folder, or a folder with report folders in it"
        case .foreign: "snapshots are the files that end in .json.zst in a report folder"
        case .truncated, .damaged:
            "fetch the file again from where it was written, and compare it with SHA256SUMS"
        case .newer: "read it with that version, or a later one"
        case .ambiguous: "name one of them"
        case .misnamed: "give the file its old name, or fetch it again"
        case .exists: "nothing was overwritten; remove the file or choose another folder"
        case .alreadyUsed: "choose another --out"
        case .tooLarge: "check where the file comes from; a profile of fewer tables (--table) is smaller"
        case .invalidName: nil
        case .system(let operation, let code): Self.hint(operation, Errno(rawValue: code))
        }
    }

    private static func hint(_ operation: StoreError.Operation, _ error: Errno) -> String? {
        let reads = operation == .open || operation == .read || operation == .list
        switch error {
        case .noSpace, .diskQuotaExceeded: return "the disk is full: free some space or choose another folder"
        case .readOnlyFileSystem: return "the file system is read-only: choose another folder"
        case .permissionDenied where reads: return "this user may not read it"
        case .permissionDenied: return "the folder is not writable by this user: choose another folder"
        case .notPermitted where operation == .link, .notSupported where operation == .link:
            return "the file system has no hard links: choose another folder"
        case .noSuchFileOrDirectory: return "the folder does not exist"
        case .notDirectory, .fileExists: return "a part of the path is a file: choose another folder"
        default: return nil
        }
    }
}
