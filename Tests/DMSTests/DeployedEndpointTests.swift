import DMS
import Testing

/// A task's source endpoint is found wherever the file that holds the task shows it.
struct DeployedEndpointTests {
    private static let mapping = #"{\"rules\": []}"#
    private static let expected = DeployedEndpoint(
        failsTasksOnLOBTruncation: true, unboundedVarcharMaxSize: ByteCount(65_536),
        slot: Identifier("cdc_slot"))

    private func tasks(_ text: String) throws -> [DeployedTask] {
        try TaskContainer(parsing: Array(text.utf8)).tasks
    }

    private func endpoints(_ text: String) throws -> [EndpointDescription] {
        guard case .endpoints(let found) = try TaskContainer(parsing: Array(text.utf8)) else {
            Issue.record("no endpoints: \(text)")
            return []
        }
        return found
    }

    @Test func aTemplateShowsTheEndpointThatItsTaskRefersTo() throws {
        let template = """
            {"Resources": {
              "Other": {"Type": "AWS::DMS::Endpoint", "Properties": {"EndpointType": "source", "EngineName": "postgres"}},
              "Source": {"Type": "AWS::DMS::Endpoint", "Properties": {"EndpointType": "source", "EngineName": "postgres",
                "PostgreSqlSettings": {"SlotName": "cdc_slot", "FailTasksOnLobTruncation": true},
                "ExtraConnectionAttributes": "unboundedVarcharMaxSize=65536;captureDdls=N"}},
              "Nightly": {"Type": "AWS::DMS::ReplicationTask", "Properties": {
                "ReplicationTaskIdentifier": "other-than-the-resource",
                "SourceEndpointArn": {"Ref": "Source"}, "TableMappings": "\(Self.mapping)"}}}}
            """
        #expect(try tasks(template).map(\.endpoint) == [Self.expected])
    }

    @Test func aStateShowsTheEndpointWithTheTasksARN() throws {
        let endpoint = { (arn: String, type: String, fails: Bool) in
            """
            {"address": "aws_dms_endpoint.x", "type": "aws_dms_endpoint", "values": {"endpoint_arn": "\(arn)",
             "endpoint_type": "\(type)", "extra_connection_attributes": "unboundedVarcharMaxSize=65536",
             "postgres_settings": [{"fail_tasks_on_lob_truncation": \(fails), "slot_name": "cdc_slot"}]}}
            """
        }
        let state = """
            {"values": {"root_module": {"resources": [\(endpoint("arn:1", "source", false)), \(endpoint("arn:3", "target", false)),
             {"address": "aws_dms_replication_task.t", "type": "aws_dms_replication_task", "values":
              {"table_mappings": "\(Self.mapping)", "source_endpoint_arn": "arn:2"}}],
             "child_modules": [{"resources": [\(endpoint("arn:2", "source", true))]}]}}}
            """
        #expect(try tasks(state).map(\.endpoint) == [Self.expected])
        let other = state.replacing(
            "\"source_endpoint_arn\": \"arn:2\"", with: "\"source_endpoint_arn\": \"arn:9\"")
        #expect(try tasks(other).map(\.endpoint) == [nil])
    }

    @Test func describedEndpointsGoWithTheTasksThatNameThem() throws {
        let described = """
            {"Endpoints": [
              {"EndpointArn": "arn:1", "EndpointType": "SOURCE", "EngineName": "postgres", "PostgreSQLSettings": {}},
              {"EndpointArn": "arn:3", "EndpointType": "TARGET", "EngineName": "postgres"},
              {"EndpointArn": "arn:2", "EndpointType": "SOURCE", "EngineName": "aurora-postgresql",
               "ExtraConnectionAttributes": "UnboundedVarcharMaxSize=65536",
               "PostgreSQLSettings": {"FailTasksOnLobTruncation": true, "SlotName": "cdc_slot"}}]}
            """
        let found = try endpoints(described)
        #expect(found.map(\.arn) == [Array("arn:1".utf8), Array("arn:2".utf8)])
        let task = { (arn: String) in
            try tasks(
                "{\"ReplicationTaskIdentifier\": \"t\", \"TableMappings\": \"\(Self.mapping)\", \"SourceEndpointArn\": \"\(arn)\"}"
            )[0]
        }
        #expect(try task("arn:2").reading(found).endpoint == Self.expected)
        #expect(
            try task("arn:1").reading(found).endpoint == DeployedEndpoint(failsTasksOnLOBTruncation: false))
        // Of another endpoint nothing is known, whatever else is described.
        #expect(try task("arn:9").reading(found).endpoint == nil)
        #expect(try task("arn:9").reading([found[1]]).endpoint == nil)
        // A mapping by itself names none: the only one is its own, several are nobody's.
        let mapping = try tasks(#"{"rules": []}"#)[0]
        #expect(mapping.reading([found[1]]).endpoint == Self.expected)
        #expect(mapping.reading(found).endpoint == nil)
    }

    /// What an endpoint has counts for more than what it is to have; of another endpoint nothing is taken.
    @Test func aDescribedEndpointReplacesAProposal() throws {
        let described = try endpoints(
            #"{"EndpointArn": "arn:1", "EndpointType": "SOURCE", "PostgreSQLSettings": {"FailTasksOnLobTruncation": false}}"#
        )
        let proposed = EndpointDescription(attributes: Array("FailTasksOnLobTruncation=true".utf8))
        let task = try tasks(#"{"rules": []}"#)[0].reading([proposed])
        #expect(task.endpoint?.failsTasksOnLOBTruncation == true)
        #expect(task.reading(described).endpoint?.failsTasksOnLOBTruncation == false)
        #expect(task.reading([proposed] + described).endpoint?.isProposed == false)
        let named = try tasks("{\"TableMappings\": \"\(Self.mapping)\", \"SourceEndpointArn\": \"arn:2\"}")[0]
        #expect(named.reading(described).endpoint == nil)
        #expect(named.reading(described + [proposed]).endpoint == proposed.endpoint)
    }

    /// Values that a template puts together, and endpoints of other engines, say nothing.
    @Test(arguments: [
        #""PostgreSqlSettings": {"FailTasksOnLobTruncation": {"Ref": "Fail"}}"#,
        #""PostgreSqlSettings": {"Fn::If": ["A", {}, {}]}"#,
        #""ExtraConnectionAttributes": {"Fn::Sub": "x=${Y}"}"#,
        #""EngineName": "mysql", "PostgreSqlSettings": {}"#,
    ])
    func whatIsMadeElsewhereIsNotKnown(property: String) throws {
        let template = """
            {"Resources": {
              "Source": {"Type": "AWS::DMS::Endpoint", "Properties": {"EndpointType": "source", \(property)}},
              "Nightly": {"Type": "AWS::DMS::ReplicationTask", "Properties": {
                "SourceEndpointArn": {"Ref": "Source"}, "TableMappings": "\(Self.mapping)"}}}}
            """
        #expect(try tasks(template).map(\.endpoint) == [nil])
    }

    /// A plan that makes another endpoint says nothing of a task that names its own.
    @Test func aPlanOfAnotherEndpointIsNotTaken() throws {
        let plan = { (arn: String) in
            """
            {"planned_values": {"root_module": {"resources": [
              {"address": "aws_dms_endpoint.x", "type": "aws_dms_endpoint", "values": {"endpoint_type": "source",
               "engine_name": "postgres", "postgres_settings": [{"fail_tasks_on_lob_truncation": true}]}},
              {"address": "aws_dms_replication_task.t", "type": "aws_dms_replication_task", "values":
               {"table_mappings": "\(Self.mapping)"\(arn)}}]}}}
            """
        }
        #expect(try tasks(plan(", \"source_endpoint_arn\": \"arn:2\"")).map(\.endpoint) == [nil])
        #expect(try tasks(plan("")).map { $0.endpoint?.failsTasksOnLOBTruncation } == [true])
    }

    @Test func attributesMayHaveSpacesAndComments() {
        let text =
            "# FailTasksOnLobTruncation=true\n unboundedVarcharMaxSize = 900000 ; slotName = my_slot ;x=-1"
        let endpoint = EndpointDescription(attributes: Array(text.utf8)).endpoint
        #expect(
            endpoint.unboundedVarcharMaxSize == ByteCount(900_000) && endpoint.slot == Identifier("my_slot"))
        #expect(!endpoint.failsTasksOnLOBTruncation)
        let negative = EndpointDescription(attributes: Array("unboundedVarcharMaxSize=-1".utf8)).endpoint
        #expect(negative.unboundedVarcharMaxSize == nil)
    }

    @Test func settingsAndAttributesByThemselvesAreProposals() throws {
        let alone = try endpoints(
            #"{"FailTasksOnLobTruncation": true, "SlotName": "cdc_slot", "PluginName": "pglogical"}"#)
        #expect(
            alone.map(\.endpoint) == [
                DeployedEndpoint(
                    failsTasksOnLOBTruncation: true, slot: Identifier("cdc_slot"),
                    plugin: .pglogical, isProposed: true)
            ])
        let line =
            "PluginName=PGLOGICAL;slotName=cdc_slot;FailTasksOnLobTruncation=true;unboundedVarcharMaxSize=65536\r\n"
        let endpoint = EndpointDescription(attributes: Array(line.utf8)).endpoint
        #expect(endpoint.unboundedVarcharMaxSize == ByteCount(65_536) && endpoint.failsTasksOnLOBTruncation)
        #expect(endpoint.slot == Identifier("cdc_slot"))
        // What cannot be read is not there.
        let odd = EndpointDescription(attributes: Array("unboundedVarcharMaxSize=64k;;x;=;a=b=c".utf8))
            .endpoint
        #expect(odd == DeployedEndpoint(failsTasksOnLOBTruncation: false, isProposed: true))
    }
}
