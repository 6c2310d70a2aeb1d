import LOBAdvice
import SizeStatistics
import Testing

@Suite struct TaskSettingsTests {
    private func table(
        _ name: String, _ mode: LOBMode, _ size: Int = 0, twoUniqueIndexes: Bool = false,
        hasKey: Bool = true
    ) -> TaskTable {
        TaskTable(
            name: RelationName(schema: Identifier("public"), name: Identifier(name)), mode: mode,
            bulkMaxSize: Kibibytes(size), hasPrimaryKeyAndOtherUniqueIndex: twoUniqueIndexes,
            hasKey: hasKey)
    }

    private func metadata(_ tables: [TaskTable], _ key: String) throws -> JSONValue {
        let settings = try JSONValue(parsing: TaskSettings(tables: tables).jsonBytes)
        return try #require(settings["TargetMetadata"]?[key])
    }

    @Test func anyLimitedTableMakesTheTaskLimitedAtTheLargestSetting() throws {
        let tables = [
            table("a", .limited, 64), table("b", .limited, 810), table("c", .unlimited), table("d", .none),
        ]
        #expect(try metadata(tables, "LimitedSizeLobMode") == .bool(true))
        #expect(try metadata(tables, "FullLobMode") == .bool(false))
        #expect(try metadata(tables, "LobMaxSize") == .integer(810))
        #expect(TaskSettings(tables: tables).validationPartialLOBSize == Kibibytes(64))
    }

    /// Batches where every table has one key and the target does not lose them; where the target wants them, always.
    @Test(arguments: TargetEngine.allCases) func batchApplyDependsOnTargetAndKeys(target: TargetEngine) {
        func isOn(_ tables: [TaskTable]) -> Bool {
            TaskSettings(tables: tables, target: target).isBatchApplyEnabled
        }
        let loses = [TargetEngine.s3, .kinesis, .kafka].contains(target)
        let plain = table("a", .limited, 64)
        #expect(isOn([plain]) == !loses)
        for other in [
            table("b", .limited, 64, hasKey: false), table("c", .limited, 64, twoUniqueIndexes: true),
            table("d", .unlimited),
        ] { #expect(isOn([plain, other]) == (target == .redshift)) }
    }

    @Test func nothingButUnlimitedTablesMakeTheTaskFull() throws {
        let tables = [table("a", .unlimited, 64), table("d", .none)]
        #expect(try metadata(tables, "LimitedSizeLobMode") == .bool(false))
        #expect(try metadata(tables, "FullLobMode") == .bool(true))
        #expect(try metadata(tables, "LobMaxSize") == .integer(0))
        #expect(TaskSettings(tables: tables).validationPartialLOBSize == Kibibytes(0))
    }

    /// A buffer holds a value of the largest limit.
    @Test(arguments: [(63, 8), (6143, 8), (7168, 9), (102_400, 102)])
    func streamBuffersHoldALimitedValue(limit: Int, mebibytes: Int) {
        let tables = [table("a", .limited, limit), table("b", .limited, 1), table("c", .unlimited, 64)]
        let buffers = TaskSettings(tables: tables).json["StreamBufferSettings"]
        #expect(buffers?["StreamBufferSizeInMB"] == .integer(mebibytes))
        #expect(buffers?["StreamBufferCount"] == .integer(3))
    }

    /// Where everything is looked up, what a full load takes inline is one size for the task.
    @Test func aFullLoadInFullModeTakesSmallValuesInline() {
        let tables = [table("a", .unlimited, 16), table("b", .unlimited, 0), table("d", .none)]
        func inline(_ tables: [TaskTable], loads: Bool) -> Int {
            let settings = TaskSettings(tables: tables, loads: loads).with(
                commitRate: 100, hasControlTables: true)
            return settings.json["TargetMetadata"]?["InlineLobMaxSize"]?.integerOrDigits ?? -1
        }
        #expect(inline(tables, loads: true) == 16)
        #expect(inline(tables, loads: false) == 0)
        // AWS refuses it in limited mode.
        #expect(inline(tables + [table("c", .limited, 64)], loads: true) == 0)
        #expect(inline([], loads: true) == 0)
    }

    @Test(arguments: [[], ["d"]]) func withoutLOBsTheTaskKeepsTheDefaultOfDMS(_ names: [String]) throws {
        let tables = names.map { table($0, .none) }
        #expect(try metadata(tables, "LimitedSizeLobMode") == .bool(true))
        #expect(try metadata(tables, "LobMaxSize") == .integer(32))
    }

    @Test func batchApplyIsOnOnlyWhereNothingForbidsIt() throws {
        let limited = table("a", .limited, 64)
        #expect(TaskSettings(tables: [limited, table("d", .none)]).isBatchApplyEnabled)
        #expect(!TaskSettings(tables: [limited, table("c", .unlimited)]).isBatchApplyEnabled)
        #expect(
            !TaskSettings(tables: [limited, table("d", .none, twoUniqueIndexes: true)]).isBatchApplyEnabled)
    }

    @Test func everyKeyThatLOBsNeedIsAlwaysThere() throws {
        for tables in [[], [table("a", .limited, 1)], [table("a", .unlimited)]] {
            #expect(try metadata(tables, "SupportLobs") == .bool(true))
            #expect(try metadata(tables, "LobChunkSize") == .integer(64))
            #expect(try metadata(tables, "InlineLobMaxSize") == .integer(0))
            #expect(try metadata(tables, "BatchApplyEnabled").boolValue != nil)
            let json = TaskSettings(tables: tables).json
            #expect(json["FullLoadSettings"]?["TargetTablePrepMode"] == .text("DO_NOTHING"))
            #expect(json["ValidationSettings"]?["ValidationPartialLobSize"] != nil)
        }
    }

    @Test func theLogShowsTruncationsAndNamesNoGroup() throws {
        let logging = try #require(TaskSettings(tables: []).json["Logging"])
        #expect(logging["EnableLogging"] == .bool(true))
        #expect(logging["CloudWatchLogGroup"] == nil && logging["CloudWatchLogStream"] == nil)
        let components = try #require(logging["LogComponents"]?.elements)
        let shown = components.filter { $0["Severity"] == .text("LOGGER_SEVERITY_DEFAULT") }.compactMap {
            $0["Id"]?.word
        }
        #expect(shown.count == components.count)
        #expect(
            Set(shown).isSuperset(of: ["SOURCE_UNLOAD", "SOURCE_CAPTURE", "TARGET_LOAD", "TARGET_APPLY"]))
    }
}

@Suite struct TaskMemoryTests {
    @Test func theWorkedExamplesOfTheGuideComeOut() {
        // 64 KB, one column, the defaults: 0.61 GiB; 102,400 KB: 977 GiB; AWS's own: 4,096 KB x 2 columns.
        #expect(TaskMemory.limitedFullLoad(limit: Kibibytes(64), lobColumns: 1) == ByteCount(655_360_000))
        #expect(TaskMemory.limitedFullLoad(limit: .limitedModeCeiling, lobColumns: 1).bytes >> 30 == 976)
        let aws = TaskMemory.limitedFullLoad(limit: Kibibytes(4096), lobColumns: 2, commitRate: 8000)
        #expect(aws == ByteCount(65_536_000 * 1024))
    }

    /// As many tables as load at the same time have the memory together, and the engine a share of its own.
    @Test func parallelTablesShareTheMemory() {
        let tables = [64, 64, 1024, 32].map { (limit: Kibibytes($0), lobColumns: 1) }
        #expect(
            TaskMemory.limitedFullLoad(of: tables, tablesInParallel: 2, commitRate: 10)
                == ByteCount((1024 + 64) * 1024 * 10))
        let rate = TaskMemory.commitRate(
            fitting: ByteCount(4 << 30), tables: tables, tablesInParallel: 8, tasks: 2)
        let used = { TaskMemory.limitedFullLoad(of: tables, commitRate: $0).bytes * 2 }
        #expect(used(rate) <= 3 << 30 && used(rate + 1) > 3 << 30)
        #expect(TaskMemory.commitRate(fitting: ByteCount(1), tables: tables) == 1)
        #expect(TaskMemory.commitRate(fitting: ByteCount(4 << 30), tables: []) == 10_000)
    }

    @Test func theBulkArrayHasAFormulaOfItsOwn() {
        let byArray = TaskMemory.limitedFullLoadByBulkArray(limit: Kibibytes(64), lobColumns: 1)
        #expect(byArray == ByteCount(64 * 1024 * 8 * 1000))
    }

    @Test func hugeProductsSaturateInsteadOfTrapping() {
        let memory = TaskMemory.limitedFullLoad(limit: Kibibytes(.max), lobColumns: .max, commitRate: .max)
        #expect(memory == ByteCount(.max))
    }
}

@Suite struct EndpointSettingsTests {
    @Test func theSettingIsWrittenBothWays() throws {
        for value in [true, false] {
            let file = EndpointSettings(failsTasksOnLOBTruncation: value).jsonBytes
            #expect(try JSONValue(parsing: file)["FailTasksOnLobTruncation"] == .bool(value))
        }
    }
}
