// swift-tools-version: 6.2
import PackageDescription

// A package that uses lobscope's libraries. Its source is also a target of lobscope's own package, so that every build of the
// tests compiles it; "swift run --package-path Tests/Example" builds it as what it is.
let package = Package(
    name: "example",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "lobscope", path: "../..")],
    targets: [
        .executableTarget(
            name: "example",
            dependencies: [
                .product(name: "LOBReports", package: "lobscope"),
                .product(name: "LOBStore", package: "lobscope"),
                .product(name: "LOBSurvey", package: "lobscope"),
            ],
            path: "Sources")
    ]
)
