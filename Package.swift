// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// The commit for "lobscope --version", which script/install reads from git; other builds do not know it.
let commit = Context.environment["LOBSCOPE_COMMIT"] ?? ""
let digits = commit.prefix(12).prefix { $0.isASCII && $0.isHexDigit }
let build: [CSetting] =
    digits.count < 12
    ? []
    : [
        .define("LOBSCOPE_COMMIT", to: "0x\(digits)ULL"),
        .define("LOBSCOPE_CHANGED", to: commit.hasSuffix("+") ? "1" : "0"),
    ]

let package = Package(
    name: "lobscope",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "lobscope", targets: ["lobscope"]),
        // Each with the modules that its signatures name.
        .library(name: "SizeStatistics", targets: ["SizeStatistics", "Vocabulary"]),
        .library(name: "LOBProfile", targets: ["LOBProfile", "JSON", "SizeStatistics", "Vocabulary"]),
        .library(name: "DMS", targets: ["DMS", "JSON", "Vocabulary"]),
        .library(
            name: "LOBAdvice",
            targets: ["LOBAdvice", "DMS", "JSON", "LOBProfile", "SizeStatistics", "Vocabulary"]),
        .library(
            name: "LOBSurvey",
            targets: ["LOBSurvey", "JSON", "LOBProfile", "PostgreSQLClient", "SizeStatistics", "Vocabulary"]),
        .library(
            name: "LOBReports",
            targets: [
                "LOBReports", "DMS", "JSON", "LOBAdvice", "LOBProfile", "SizeStatistics", "Vocabulary",
            ]),
        .library(
            name: "LOBStore",
            targets: ["LOBStore", "JSON", "LOBProfile", "SizeStatistics", "Vocabulary", "Zstd"]),
    ],
    dependencies: [
        // Commands, help, completions and the manual: the parser that Swift's own tools use.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // logGamma, log1p and powers for the tail model, without Foundation.
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
        // SHA-256 of snapshot digests and SHA256SUMS.
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        // Opening files without following links, fstat and whole writes, without unsafe pointers.
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        // initdb, pg_ctl and psql for the demo and the tests; drops root by user id.
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        // Slot files, and what the AWS command line prints: YAML with the line of every node, for messages that say where.
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // The only way to libpq and libzstd: a module map and a shim each.
        .systemLibrary(
            name: "CLibPQ", pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .systemLibrary(
            name: "CZstd", pkgConfig: "libzstd",
            providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
        // The width of a terminal.
        .systemLibrary(name: "CTerminal"),
        // The commit.
        .target(name: "CBuild", cSettings: build),
        .target(name: "PostgreSQLClient", dependencies: ["CLibPQ"], swiftSettings: strict),
        .target(name: "Zstd", dependencies: ["CZstd"], swiftSettings: strict),
        // What all parts share: names of relations, amounts of bytes, DMS's words for engines and migration types.
        .target(name: "Vocabulary", swiftSettings: strict),
        // Reading JSON with the place of each value, and writing it in a stable order: Foundation's does neither.
        .target(name: "JSON", swiftSettings: strict),
        .target(
            name: "SizeStatistics",
            dependencies: ["Vocabulary", .product(name: "RealModule", package: "swift-numerics")],
            swiftSettings: strict),
        .testTarget(
            name: "SizeStatisticsTests", dependencies: ["SizeStatistics"], resources: [.copy("Resources")],
            swiftSettings: strict),
        // Measures the accuracy of the estimates on real data; run by script/calibrate, not shipped.
        .executableTarget(
            name: "calibrate",
            dependencies: ["SizeStatistics", .product(name: "RealModule", package: "swift-numerics")],
            path: "Tests/Calibration", exclude: ["Data"], swiftSettings: strict),
        // Measures speed against hand-written SQL; run by script/bench, not shipped.
        .executableTarget(
            name: "bench",
            dependencies: [
                "EphemeralPostgreSQL", "PostgreSQLClient",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/Benchmark", swiftSettings: strict),
        .target(
            name: "LOBProfile", dependencies: ["JSON", "SizeStatistics", "Vocabulary"], swiftSettings: strict),
        // What DMS is, without a profile: its mapping documents, settings, engines, logs.
        .target(
            name: "DMS",
            dependencies: ["JSON", "Vocabulary", .product(name: "Yams", package: "Yams")],
            swiftSettings: strict),
        .target(
            name: "LOBAdvice", dependencies: ["DMS", "LOBProfile", "SizeStatistics"], swiftSettings: strict),
        .target(
            name: "LOBSurvey",
            dependencies: [
                "LOBProfile", "PostgreSQLClient", "SizeStatistics",
            ],
            swiftSettings: strict),
        .target(
            name: "LOBReports",
            dependencies: [
                "LOBAdvice", .product(name: "Crypto", package: "swift-crypto"),
            ],
            resources: [
                .embedInCode("Interactive/report.css"), .embedInCode("Interactive/Script/charts.js"),
                .embedInCode("Interactive/Script/figures.js"), .embedInCode("Interactive/Script/table.js"),
                .embedInCode("Interactive/Script/what-if.js"),
                .embedInCode("Machine/Tasks/move-large-objects.sh"),
            ],
            swiftSettings: strict),
        .target(
            name: "LOBStore",
            dependencies: [
                "LOBProfile", "Zstd", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        // A throw-away server for the demo and the tests; nothing else may depend on it.
        .target(
            name: "EphemeralPostgreSQL",
            dependencies: [.product(name: "Subprocess", package: "swift-subprocess")],
            swiftSettings: strict),
        .executableTarget(
            name: "lobscope",
            dependencies: [
                "CBuild", "CTerminal", "EphemeralPostgreSQL", "LOBAdvice", "LOBReports", "LOBStore",
                "LOBSurvey", "PostgreSQLClient",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),
        // What tests share: a cluster for the process, a database for each test, golden files, the built command.
        .target(
            name: "TestSupport",
            dependencies: [
                "EphemeralPostgreSQL", "LOBProfile",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            path: "Tests/TestSupport", swiftSettings: strict),
        // A process that owns a cluster, for the test that kills it.
        .executableTarget(
            name: "ClusterOwner", dependencies: ["EphemeralPostgreSQL"], path: "Tests/ClusterOwner",
            swiftSettings: strict),
        .testTarget(
            name: "EphemeralPostgreSQLTests",
            dependencies: [
                "ClusterOwner", "EphemeralPostgreSQL", "TestSupport",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict),
        // A proxy that cuts, swallows and truncates. Not memory-safe by the letter: it needs plain sockets.
        .target(
            name: "FaultProxy", path: "Tests/FaultProxy",
            swiftSettings: [
                .swiftLanguageMode(.v6), .treatAllWarnings(as: .error),
                .enableUpcomingFeature("InternalImportsByDefault"),
            ]),
        .testTarget(
            name: "LOBSurveyTests",
            dependencies: [
                "EphemeralPostgreSQL", "FaultProxy", "LOBAdvice", "LOBReports", "LOBStore", "LOBSurvey",
                "PostgreSQLClient", "TestSupport", "lobscope",
            ],
            exclude: ["Golden"], swiftSettings: strict),
        // What another package may do with the libraries: it sees their public names alone. The page Library shows its source.
        .executableTarget(
            name: "example",
            dependencies: ["LOBAdvice", "LOBReports", "LOBStore", "LOBSurvey", "PostgreSQLClient"],
            path: "Tests/Example/Sources", packageAccess: false, swiftSettings: strict),
        .testTarget(
            name: "DemoTests", dependencies: ["EphemeralPostgreSQL", "TestSupport", "lobscope"],
            swiftSettings: strict),
        // The built command end to end, and the README that shows it.
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "EphemeralPostgreSQL", "FaultProxy", "LOBAdvice", "LOBReports", "PostgreSQLClient",
                "TestSupport",
                "example", "lobscope",
            ],
            exclude: ["Resources"],
            swiftSettings: strict),
        .testTarget(
            name: "PostgreSQLClientTests",
            dependencies: ["EphemeralPostgreSQL", "FaultProxy", "PostgreSQLClient"],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
        .testTarget(name: "DMSTests", dependencies: ["DMS"], swiftSettings: strict),
        .testTarget(
            name: "LOBProfileTests",
            dependencies: ["DMS", "LOBAdvice", "LOBProfile", "LOBReports", "TestSupport"],
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(
            name: "LOBReportsTests",
            dependencies: ["LOBAdvice", "LOBReports", "TestSupport"],
            exclude: [
                "Golden", "check_browser.py", "check_formats.py", "check_quiet.py", "chromium.py",
                "dms_reference.py",
                "photograph.py",
            ],
            swiftSettings: strict),
        // A process that writes one snapshot, for the tests that kill it and fail its system calls.
        .executableTarget(
            name: "StoreProbe", dependencies: ["LOBStore"], path: "Tests/StoreProbe", swiftSettings: strict),
        .testTarget(name: "ZstdTests", dependencies: ["Zstd"], swiftSettings: strict),
        .testTarget(
            name: "LOBStoreTests",
            dependencies: ["LOBAdvice", "LOBStore", "StoreProbe", "TestSupport", "Zstd"],
            exclude: ["Golden"], swiftSettings: strict),
    ]
)
