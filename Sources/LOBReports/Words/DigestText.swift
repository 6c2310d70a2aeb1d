/// Digests of snapshots for people.
enum DigestText {
    /// As the name of a snapshot's file has it.
    static func short(_ digest: String) -> String {
        String(decoding: digest.utf8.prefix(12), as: UTF8.self)
    }
}
