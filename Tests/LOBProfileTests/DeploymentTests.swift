import Foundation
import LOBAdvice
import TestSupport
import Testing

/// Our files through the parameter checks of the AWS client and a simulated AWS, which keeps them as they
/// are.
///
/// Neither checks the rules themselves: that is what MappingValidatorTests are for.
@Suite struct DeploymentTests {
    /// Prints what the simulated service stored; refuses nothing that botocore takes.
    private static let script = """
        import json, os, sys
        os.environ.update(AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_DEFAULT_REGION="us-east-1")
        import boto3
        from moto import mock_aws
        folder = sys.argv[1]
        read = lambda name: open(os.path.join(folder, name), encoding="utf-8").read()
        with mock_aws():
            dms = boto3.client("dms")
            endpoint = dms.create_endpoint(
                EndpointIdentifier="source", EndpointType="source", EngineName="postgres",
                PostgreSQLSettings=json.loads(read("endpoint-settings.json")))["Endpoint"]["EndpointArn"]
            dms.create_replication_task(
                ReplicationTaskIdentifier="task", SourceEndpointArn=endpoint, TargetEndpointArn=endpoint,
                ReplicationInstanceArn="arn:aws:dms:us-east-1:123456789012:rep:X", MigrationType="cdc",
                TableMappings=read("table-mappings.json"), ReplicationTaskSettings=read("task-settings.json"))
            print(json.dumps(dms.describe_replication_tasks()["ReplicationTasks"][0], default=str))
        """

    private static func python(_ arguments: [String]) throws -> (status: Int32, output: Data) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, data)
    }

    /// In CI a missing simulator is a failure, elsewhere the test is shown as skipped.
    private static let isSimulatorExpected: Bool = {
        if ProcessInfo.processInfo.environment["CI"] == "true" { return true }
        return (try? python(["-c", "import boto3, moto"]).status) == 0
    }()

    @Test(.enabled(if: isSimulatorExpected, "python3 with boto3 and moto is not installed"))
    func awsClientTakesOurFilesAndGivesThemBackUnchanged() throws {
        var generator = SeededGenerator(seed: 99)
        let names = (0..<50).flatMap { _ in HostileNames.catalog(using: &generator) }
        let mapping = MappingDocument(
            tables: names.map { MappingTable(name: $0, lobSettings: .limited(Kibibytes(64))) })
        let settings = TaskSettings(tables: [])
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "lobscope-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = [
            "table-mappings.json": mapping.jsonBytes, "task-settings.json": settings.jsonBytes,
            "endpoint-settings.json": EndpointSettings(failsTasksOnLOBTruncation: true).jsonBytes,
        ]
        for (name, bytes) in files { try Data(bytes).write(to: folder.appendingPathComponent(name)) }

        let (status, output) = try Self.python(["-c", Self.script, folder.path])
        try #require(status == 0)
        let task = try JSONValue(parsing: Array(output))
        let stored = try #require(task["TableMappings"]?.stringBytes)
        #expect(try MappingDocument(parsing: stored) == mapping)
        #expect(MappingValidator.violations(inFile: stored) == [])
        let storedSettings = try #require(task["ReplicationTaskSettings"]?.stringBytes)
        #expect(try JSONValue(parsing: storedSettings) == settings.json)
    }
}
