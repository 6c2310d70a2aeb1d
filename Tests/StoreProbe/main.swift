import Foundation
import LOBStore

// StoreProbe write FOLDER SEED        write the snapshot of a seed; exit 0 acknowledges it
// StoreProbe stream FOLDER SEED       write those of SEED, SEED + 1 and so on for ever; print each seed when acknowledged
// StoreProbe report FOLDER SEED       write a report folder with it
// StoreProbe refuse FILE              exit 0 if it is refused as a snapshot; print how far memory grew meanwhile, in KiB,
//                                     and the processor time, in milliseconds
// StoreProbe verify FOLDER SEED...    exit 0 if every snapshot is whole and those of the seeds are there

do {
    try run(Array(CommandLine.arguments.dropFirst()))
} catch {
    complain("\(error)")
    exit(1)
}

func run(_ arguments: [String]) throws {
    let seeds = arguments.dropFirst(2).compactMap { UInt64($0) }
    switch arguments.first {
    case "write" where seeds.count == 1:
        try write(seed: seeds[0], to: arguments[1])
    case "stream" where seeds.count == 1:
        for seed in seeds[0]... {
            try write(seed: seed, to: arguments[1])
            try FileHandle.standardOutput.write(contentsOf: Data("\(seed)\n".utf8))
        }
    case "refuse" where arguments.count == 2:
        exit(try isRefused(arguments[1]) ? 0 : 1)
    case "report" where seeds.count == 1:
        var folder = try ReportFolder.create(at: arguments[1])
        let sealed = try SampleSnapshot(seed: seeds[0]).sealed()
        try folder.write(sealed.frame, named: sealed.name)
        try folder.write(Array("{}\n".utf8), named: "slot_1/table-mappings.json")
        try folder.writeChecksums()
    case "verify" where arguments.count >= 2:
        exit(try isWhole(arguments[1], seeds: seeds) ? 0 : 1)
    default:
        complain("usage: StoreProbe write|report FOLDER SEED | verify FOLDER SEED...")
        exit(64)
    }
}

func write(seed: UInt64, to folder: String) throws {
    let sealed = try SampleSnapshot(seed: seed).sealed()
    try DurableFile.write(sealed.frame, named: sealed.name, in: folder)
}

func isRefused(_ path: String) throws -> Bool {
    let before = try PeakMemory.kibibytes()
    let start = clock()
    do {
        _ = try SnapshotFile.open(path)
        return false
    } catch {
        let milliseconds = Int(clock() - start) * 1000 / Int(CLOCKS_PER_SEC)
        let after = try PeakMemory.kibibytes()
        try FileHandle.standardOutput.write(contentsOf: Data("\(after - before)\n\(milliseconds)\n".utf8))
        complain("\(error)")
        return true
    }
}

/// Whether every snapshot of the folder verifies as that of its own seed, and those of the seeds are among them.
func isWhole(_ folder: String, seeds: [UInt64]) throws -> Bool {
    var isWhole = true
    var present: Set<UInt64> = []
    for entry in try SnapshotListing.list(folder, read: { $1 }) {
        do {
            let content = try entry.result.get()
            if let warning = content.warning { throw warning }
            let seed = try JSONDecoder().decode(SampleSnapshot.self, from: Data(content.json)).seed
            guard try SampleSnapshot(seed: seed).json() == content.json else {
                throw CocoaError(.fileReadCorruptFile)
            }
            present.insert(seed)
        } catch {
            complain("bad: \(entry.name): \(error)")
            isWhole = false
        }
    }
    for seed in seeds where !present.contains(seed) {
        complain("lost: the snapshot of seed \(seed)")
        isWhole = false
    }
    return isWhole
}

func complain(_ message: String) {
    try? FileHandle.standardError.write(contentsOf: Data("\(message)\n".utf8))
}
