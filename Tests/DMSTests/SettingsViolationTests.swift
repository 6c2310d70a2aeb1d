import DMS
import Testing

/// Task settings that DMS does not read as they are meant.
struct SettingsViolationTests {
    private func violations(_ text: String) throws -> [String] {
        try DeployedSettings(parsing: Array(text.utf8)).violations.map {
            "\($0.kind) \($0.path): \($0.remedy)"
        }
    }

    @Test(arguments: [
        (
            #"{"targetMetadata": {"lobMaxSize": 512}}"#,
            ["misspelt targetMetadata: write TargetMetadata"]
        ),
        (
            #"{"TargetMetadata": {"LobMaxsize": 512, "LimitedSizeLobMode": true}}"#,
            ["misspelt TargetMetadata.LobMaxsize: write LobMaxSize"]
        ),
        (
            #"{"TargetMetadata": {"LobMaxSize": 512.5}}"#,
            ["unreadable TargetMetadata.LobMaxSize: write a whole number"]
        ),
        (
            #"{"TargetMetadata": {"LobMaxSize": "${lob_max}", "SupportLobs": "yes"}}"#,
            [
                "unreadable TargetMetadata.LobMaxSize: write a whole number",
                "unreadable TargetMetadata.SupportLobs: write true or false",
            ]
        ),
        (
            #"{"FullLoadSettings": {"LimitedSizeLobMode": true, "LobChunkSize": 64}, "TargetMetadata": {"TargetTablePrepMode": "DO_NOTHING"}}"#,
            [
                "misplaced FullLoadSettings.LimitedSizeLobMode: move it into TargetMetadata",
                "misplaced FullLoadSettings.LobChunkSize: move it into TargetMetadata",
                "misplaced TargetMetadata.TargetTablePrepMode: move it into FullLoadSettings",
            ]
        ),
        (#"{"LobMaxSize": 5}"#, ["misplaced LobMaxSize: move it into TargetMetadata"]),
        (
            #"{"TargetMetadata": {"Unheard": 1}, "Strange": {}}"#,
            ["unknown TargetMetadata.Unheard: correct or remove it", "unknown Strange: correct or remove it"]
        ),
        (
            #"{"TargetMetadata": {"LobMaxSize": "64", "SupportLobs": "true", "LobChunkSize": null}, "CharacterSetSettings": {"CharacterSetSupport": {}}, "BeforeImageSettings": null}"#,
            []
        ),
    ]) func whatIsNotReadIsTold(text: String, expected: [String]) throws {
        #expect(try violations(text) == expected)
    }

    /// What is absent is a default of AWS's, what cannot be read is nothing.
    @Test func aLimitIsWrittenADefaultOrNotKnown() throws {
        let limits = [
            (#"{"TargetMetadata": {"LobMaxSize": 7}}"#, DeployedSettings.Setting.written(Kibibytes(7))),
            (#"{"TargetMetadata": {"LobMaxSize": null}}"#, .byDefault(Kibibytes(32))),
            (#"{"Logging": {}}"#, .byDefault(Kibibytes(32))),
            (#"{"TargetMetadata": {"LobMaxSize": true}}"#, .unreadable),
        ]
        for (text, expected) in limits {
            #expect(try DeployedSettings(parsing: Array(text.utf8)).lobMaxSize == expected)
        }
    }

    /// What lobscope writes is read as it is meant.
    @Test func theSettingsThatAreWrittenAreRead() throws {
        for lobs in [TaskSettings.LOBs.full, .limited(Kibibytes(64))] {
            let written = TaskSettings(
                lobs: lobs, validationPartialLOBSize: Kibibytes(1), isBatchApplyEnabled: true)
            #expect(try DeployedSettings(parsing: written.jsonBytes).violations == [])
        }
    }
}
