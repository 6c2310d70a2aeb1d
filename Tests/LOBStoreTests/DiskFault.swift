import Foundation
import TestSupport

/// A way to meet a disk that takes nothing more.
enum DiskFault: CaseIterable {
    /// A file system of its own, seen by nobody else and gone with the command.
    case mounted
    /// The store's own calls fail as they would there.
    case injected

    /// Containers often let nobody mount; what is injected is always tested.
    static let available: [DiskFault] = canMount ? allCases : [.injected]

    private static let canMount: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["unshare", "-rm", "sh", "-c", "mount -t tmpfs none /mnt"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// Runs a script with a scratch folder as `$1`, in which `probe` meets the fault until `free` is called.
    ///
    /// - Parameters:
    ///   - mounting: Makes the scratch folder such a disk.
    ///   - freeing: Ends that.
    ///   - calls: What fails with `errno` instead, where nothing can be mounted.
    func run(
        mounting: String, freeing: String, failing calls: String, errno: String, script: String
    ) async throws -> BuiltProduct.Outcome {
        let folder = try ScratchFolder()
        switch self {
        case .mounted:
            let prologue =
                "\(mounting) || exit 99\nfolder=$1\nprobe() { StoreProbe \"$@\"; }\nfree() { \(freeing); }\n"
            return try await BuiltProduct("unshare").run([
                "-rm", "sh", "-c", prologue + script, "sh", folder.path,
            ])
        case .injected:
            let strace = "strace -f -o /dev/null -e trace=\(calls) -e inject=\(calls):error=\(errno)"
            let prologue =
                "probe() { \(strace) StoreProbe \"$@\"; }\nfree() { probe() { StoreProbe \"$@\"; }; }\n"
            return try await BuiltProduct("sh").run(["-c", prologue + script, "sh", folder.path])
        }
    }
}
