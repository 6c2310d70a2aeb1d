/// Where a report stands and how it was asked for, so that commands can be told that work as they are pasted.
public struct ReportPlace: Sendable {
    /// The command that shows the report.
    public enum Command: Sendable {
        case profile, render
    }

    /// The folder, or the snapshot, for a shell.
    let path: String
    /// A folder for the next run, for a shell.
    let next: String
    /// Whether it is a report folder, with the files that go with the report.
    let isFolder: Bool
    private let command: Command
    private let options: GivenOptions

    /// Creates a place.
    ///
    /// - Parameters:
    ///   - path: the report folder or the snapshot.
    ///   - isFolder: whether it is a folder.
    ///   - command: the command that shows it.
    ///   - options: what that command was given.
    public init(path: String, isFolder: Bool, command: Command, options: GivenOptions = GivenOptions()) {
        self.isFolder = isFolder
        self.path = ShellWord.path(path) ?? "FOLDER"
        next = Self.next(after: path, isFolder: isFolder)
        self.command = command
        self.options = options
    }

    /// What another profile is given to be like this one, as a shell takes it.
    ///
    /// - Parameter dropped: options that are left out.
    func profileOptions(without dropped: Set<String>) -> String {
        guard command == .profile else { return " CONNINFO" }
        return options.text(without: dropped.union(["--resume"]))
    }

    /// What `render` is given to show the same report from the snapshot, as a shell takes it.
    var renderOptions: String {
        command == .render
            ? options.text(without: ["--slot", "--max-bytes", "--full"], hasArguments: false) : ""
    }

    /// Whether it is known how the report was measured.
    var isOfProfile: Bool { command == .profile }

    /// A folder beside this one for the next run: `before-2` after `before`; `NEW` beside a snapshot.
    static func next(after path: String, isFolder: Bool) -> String {
        var bytes = Array(path.utf8)
        while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        guard isFolder, let last = bytes.last, last != UInt8(ascii: "/"), last != UInt8(ascii: ".") else {
            return "NEW"
        }
        let digits = bytes.reversed().prefix { 0x30...0x39 ~= $0 }.count
        let stem = bytes.dropLast(digits)
        // Longer numbers are times.
        let isCounted = 1...3 ~= digits && stem.last == UInt8(ascii: "-") && stem.count > 1
        let number = isCounted ? Int(String(decoding: bytes.suffix(digits), as: UTF8.self)) : nil
        let base = number == nil ? bytes : Array(stem.dropLast())
        return ShellWord.path(String(decoding: base, as: UTF8.self) + "-\((number ?? 1) + 1)") ?? "NEW"
    }
}
