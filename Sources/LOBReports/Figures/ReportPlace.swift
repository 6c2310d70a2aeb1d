/// Where a report of a run stands, so that commands can be told that work as they are pasted.
public struct ReportPlace: Sendable {
    /// The folder, or the snapshot.
    let path: String
    /// Whether it is a report folder, with the files that go with the report.
    let isFolder: Bool
    /// What a shell takes for the connection; nil where a password would be in it.
    let connection: String?

    /// Creates a place.
    ///
    /// - Parameters:
    ///   - path: the report folder or the snapshot.
    ///   - isFolder: whether it is a folder.
    ///   - connection: the arguments of the command that name the server; nil where they cannot be shown.
    public init(path: String, isFolder: Bool, connection: [String]?) {
        self.isFolder = isFolder
        // What is shown as an escape would be another path where it is pasted.
        self.path = VisibleText.escape(path).utf8.elementsEqual(path.utf8) ? Self.word(path) : "FOLDER"
        self.connection = connection.map { $0.map(Self.argument).joined(separator: " ") }
    }

    /// An argument, which may be an option.
    private static func argument(_ text: String) -> String {
        text.utf8.count == 2 && text.utf8.first == UInt8(ascii: "-") ? text : word(text)
    }

    /// A word that a POSIX shell passes on unchanged.
    static func word(_ text: String) -> String {
        // A path that looks like an option would be one.
        let text = text.utf8.first == UInt8(ascii: "-") ? "./\(text)" : text
        let isPlain = text.utf8.allSatisfy { byte in
            0x61...0x7A ~= byte || 0x41...0x5A ~= byte || 0x30...0x39 ~= byte
                || "_-./:=@%+,".utf8.contains(byte)
        }
        return isPlain && !text.utf8.isEmpty ? text : "'\(text.replacing("'", with: "'\\''"))'"
    }
}
