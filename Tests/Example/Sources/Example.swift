/// Measures a database, writes a report folder and prints the LOB table; with the folder of an earlier run, also what got worse.
@main struct Example {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 2 || arguments.count == 3 else {
            return print("usage: example CONNINFO FOLDER [EARLIER]")
        }
        let profile = try await measure(arguments[0])
        try write(report(on: profile), to: arguments[1])
        print(lobTable(of: profile))
        for (table, kibibytes) in limits(of: profile) { print("\(table): \(kibibytes) KB") }
        if arguments.count == 3 { print(try worsenings(of: profile, since: arguments[2])) }
    }
}
