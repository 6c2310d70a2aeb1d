import Foundation
import TestSupport

/// A folder of one test, in which the built command runs; removed with the value.
final class Scratch: Sendable {
    /// Where it is.
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "lobscope-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        path = folder.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Runs `lobscope` here.
    func lobscope(_ arguments: String..., environment: [String: String] = [:]) async throws
        -> BuiltProduct.Outcome
    {
        try await lobscope(arguments, environment: environment)
    }

    /// Runs `lobscope` here, with a password that is needed nowhere; neither it nor contents of rows may be printed.
    func lobscope(_ arguments: [String], environment: [String: String] = [:]) async throws
        -> BuiltProduct.Outcome
    {
        let outcome = try await BuiltProduct("bash").run(
            ["-c", "cd \"$0\" && exec lobscope \"$@\"", path] + arguments,
            environment: ["PGPASSWORD": Canary.password].merging(environment) { $1 })
        Canary.expectNone(in: outcome.stdout, "standard output of \(arguments)")
        Canary.expectNone(in: outcome.stderr, "standard error of \(arguments)")
        return outcome
    }

    /// Runs a script here by bash, with the built command in its path.
    func shell(_ script: String, environment: [String: String] = [:]) async throws -> BuiltProduct.Outcome {
        try await BuiltProduct("bash").run(
            ["-c", "cd \"$0\" || exit\n" + script, path], environment: environment)
    }

    /// The bytes of a file here.
    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
    }

    /// A file here as text.
    func text(_ name: String) throws -> String {
        String(decoding: try bytes(name), as: UTF8.self)
    }

    /// Writes a file here.
    func write(_ bytes: [UInt8], _ name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    /// The names in a folder here, sorted.
    func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder).sorted()
    }

    /// The path of the only snapshot in a report folder here.
    func snapshot(_ folder: String) throws -> String? {
        try names(folder).first { $0.hasSuffix(".json.zst") }.map { folder + "/" + $0 }
    }
}
