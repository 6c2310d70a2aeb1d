import Foundation
import TestSupport
import Testing

/// The files and command lines are taken by the programs that they are for.
@Suite(.database) struct ApplyTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    /// Two tables that need a slot each, and one task without slots.
    private func profile() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            SampleData.shop + """
                UPDATE "order" SET payload = jsonb_build_object('k', repeat('x', 200000)) WHERE id = 1;
                CREATE TABLE "Odd ${name} %{x} ""q"" \\ é" (id int PRIMARY KEY, note text);
                """)
        for (folder, options) in [("slots", ["--slots", "auto"]), ("plain", [])] {
            let outcome = try await scratch.lobscope(
                ["profile", database.conninfo(), "--out", folder] + options)
            try #require(outcome.status == 0, "\(outcome.errorOutput)")
        }
    }

    private static let environment = Moto.environment.merging([
        "SOURCE_ENDPOINT_ARN": "arn:aws:dms:us-east-1:123456789012:endpoint:S",
        "SOURCE_ENDPOINT_ARN_LOB_BATCH": "arn:aws:dms:us-east-1:123456789012:endpoint:SB",
        "SOURCE_ENDPOINT_ARN_LOB_UNLIMITED": "arn:aws:dms:us-east-1:123456789012:endpoint:SU",
        "CDC_START_POSITION_LOB_BATCH": "0/1", "CDC_START_POSITION_LOB_UNLIMITED": "0/2",
    ]) { $1 }

    @Test(.needs("command -v aws && command -v moto_server"))
    func awsCommandMakesWhatWasWritten() async throws {
        try await profile()
        let outcome = try await scratch.shell(
            Moto.start + """
                for folder in slots plain; do
                  lobscope render "$folder" --format aws-cli > "$folder.sh"
                  (cd "$folder" && sh "../$folder.sh" create > /dev/null)
                done
                aws dms describe-replication-tasks > tasks.json
                python3 - <<'END'
                import json
                tasks = {t["ReplicationTaskIdentifier"]: t for t in json.load(open("tasks.json"))["ReplicationTasks"]}
                read = lambda path: open(path, encoding="utf-8").read()
                assert len(tasks) == 3, tasks.keys()
                for name, task in tasks.items():
                    slot = next((s for s in ("lob-batch", "lob-unlimited") if name.endswith(s)), None)
                    folder = "slots/" + slot.replace("-", "_") if slot else "plain"
                    assert json.loads(task["TableMappings"]) == json.loads(read(folder + "/table-mappings.json"))
                    settings = json.loads(read(folder + "/task-settings.json"))
                    assert json.loads(task["ReplicationTaskSettings"]) == settings
                    assert task["MigrationType"] == "cdc"
                    assert task["SourceEndpointArn"].endswith({"lob-batch": "SB", "lob-unlimited": "SU", None: "S"}[slot])
                for slots, file in ((True, "slots.json"), (False, "plain.json")):
                    with open(file, "w", encoding="utf-8") as out:
                        own = [t for name, t in tasks.items() if name.endswith(("lob-batch", "lob-unlimited")) == slots]
                        json.dump({"ReplicationTasks": own}, out)
                print("the same")
                END
                # All three at once would write every table twice.
                lobscope lint tasks.json --against slots | grep -c lint-table-twice
                # One table has a name that no rule can spell; nothing else speaks against the tasks.
                for tasks in slots plain; do
                  lobscope lint "$tasks.json" --against "$tasks" --format json |
                    jq -c '[.findings[] | select(.severity != "info") | .id]'
                done
                """, environment: Self.environment)
        #expect(
            outcome.output.contains(
                "the same\n2\n[\"name-not-spellable\"]\n[\"name-not-spellable\"]\n"), "\(outcome.output)")
        #expect(outcome.output.contains("the same\n"), "\(outcome.errorOutput)")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errorOutput)")
    }

    /// moto does not know these operations, so AWS's own model of the API is what they are held against.
    @Test(.needs("command -v aws")) func changesFollowTheModelOfTheAPI() async throws {
        try await profile()
        let outcome = try await scratch.shell(
            """
            mkdir bin
            cat > bin/aws <<'END'
            #!/usr/bin/env python3
            import json, sys
            import botocore.session
            from botocore.validate import validate_parameters
            model = botocore.session.get_session().get_service_model("dms")
            operation = "".join(word.capitalize() for word in sys.argv[2].split("-"))
            names = {"postgre-sql-settings": "PostgreSQLSettings"}
            parameters = {}
            for option, value in zip(sys.argv[3::2], sys.argv[4::2]):
                key = option[2:]
                text = open(value[7:], encoding="utf-8").read() if value.startswith("file://") else value
                name = names.get(key) or "".join(word.capitalize() for word in key.split("-"))
                parameters[name] = json.loads(text) if name in names.values() else text
            validate_parameters(parameters, model.operation_model(operation).input_shape)
            unknown = set(parameters) - set(model.operation_model(operation).input_shape.members)
            assert not unknown, unknown
            print(operation, len(parameters))
            END
            chmod +x bin/aws
            lobscope render slots --format aws-cli > apply.sh
            cd slots
            for action in create modify endpoints; do PATH="$PWD/../bin:$PATH" sh ../apply.sh "$action"; done
            """,
            environment: Self.environment.merging([
                "REPLICATION_TASK_ARN_LOB_BATCH": "arn:x", "REPLICATION_TASK_ARN_LOB_UNLIMITED": "arn:y",
            ]) { $1 })
        let expected = [("CreateReplicationTask", 8), ("ModifyReplicationTask", 3), ("ModifyEndpoint", 2)]
        #expect(
            outcome.output == expected.map { "\($0) \($1)\n\($0) \($1)\n" }.joined(), "\(outcome.errorOutput)"
        )
    }

    @Test func aVariableThatIsMissingIsNamed() async throws {
        try await profile()
        let outcome = try await scratch.shell(
            "lobscope render plain --format aws-cli > apply.sh; sh apply.sh create; echo $?; sh apply.sh",
            environment: ["SOURCE_ENDPOINT_ARN": "x"])
        #expect(outcome.errorOutput.contains("TARGET_ENDPOINT_ARN: is not set"))
        #expect(outcome.status == 64)
    }

    @Test(.needs("python3 -c 'import hcl2'")) func terraformSaysTheSame() async throws {
        try await profile()
        let outcome = try await scratch.shell(
            """
            for folder in slots plain; do
              lobscope render "$folder" --format terraform > "$folder.tf"
              lobscope render "$folder" --format aws-cli > "$folder.sh"
            done
            python3 - <<'END'
            import hcl2
            for folder, labels in (("slots", 2), ("plain", 1)):
                with open(folder + ".tf", encoding="utf-8") as file:
                    parsed = hcl2.load(file)
                tasks = [label for block in parsed["resource"] for kind in block.values() for label in kind
                         if not label.startswith("__")]
                assert len(tasks) == labels, tasks
                for block in parsed["resource"]:
                    for kind, tasks in block.items():
                        assert kind.strip('"') == "aws_dms_replication_task", kind
                        for label, task in tasks.items():
                            if not label.startswith("__"):
                                assert task["table_mappings"].startswith("${jsonencode("), task["table_mappings"]
            print("parsed")
            END
            """)
        #expect(outcome.output == "parsed\n", "\(outcome.errorOutput)")
    }

    /// Terraform itself reads the documents, where it is installed.
    @Test func terraformFormatsAndEvaluatesTheSame() async throws {
        try await profile()
        let outcome = try await scratch.shell(
            """
            command -v terraform > /dev/null || { echo absent; exit; }
            export TF_CLI_CONFIG_FILE=/dev/null CHECKPOINT_DISABLE=1
            lobscope render slots --format terraform > slots.tf
            terraform fmt -check -diff slots.tf && echo formatted
            """)
        #expect(
            ["absent\n", "formatted\n"].contains(outcome.output), "\(outcome.output)\(outcome.errorOutput)")
    }

    @Test(.needs("command -v cfn-lint")) func cloudFormationTemplatesAreClean() async throws {
        try await profile()
        for folder in ["slots", "plain"] {
            for format in ["cloudformation", "cloudformation-serverless"] {
                if folder == "slots", format == "cloudformation-serverless" {
                    let refused = try await scratch.lobscope("render", folder, "--format", format)
                    #expect(refused.status == 1)
                    #expect(refused.errorOutput.contains("takes no custom start of CDC"))
                    continue
                }
                let outcome = try await scratch.shell(
                    """
                    lobscope render \(folder) --format \(format) > template.json
                    cfn-lint template.json && python3 - <<'END'
                    import json
                    template = json.load(open("template.json", encoding="utf-8"))
                    for name, resource in template["Resources"].items():
                        properties = resource["Properties"]
                        slot = "lob_" + name[7:].lower() if name.startswith("TaskLob") else None
                        folder = "slots/" + slot if slot else "plain"
                        mapping = json.load(open(folder + "/table-mappings.json", encoding="utf-8"))
                        found = properties["TableMappings"]
                        assert (json.loads(found) if isinstance(found, str) else found) == mapping
                        print("ok")
                    END
                    """)
                let count = folder == "slots" ? 2 : 1
                #expect(
                    outcome.output == String(repeating: "ok\n", count: count),
                    "\(outcome.output)\(outcome.errorOutput)")
            }
        }
    }
}
