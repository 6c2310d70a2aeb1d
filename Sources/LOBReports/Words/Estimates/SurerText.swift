import LOBAdvice

/// Surer ways to measure a column, with what they would cost, in words.
enum SurerText {
    /// The option for every row, with its price, and before it two phases where they are cheaper.
    static func advice(_ routes: [TablePlan.SurerRoute]) -> String {
        let full = routes.first { $0.method == .full }
        let all = "--method full" + (full.map { " (about \(time($0.seconds)))" } ?? "")
        guard let twoPhase = routes.first(where: { $0.method == .twoPhase }), let full,
            full.seconds > max(10, 2 * twoPhase.seconds)
        else { return all }
        return
            "\(all); nearly as sure are two phases: --method auto without --time-budget (about \(time(twoPhase.seconds)))"
    }

    private static func time(_ seconds: Double) -> String {
        switch seconds {
        case ..<1: "a second"
        case ..<120: "\(Int(seconds.rounded(.up))) seconds"
        case ..<7200: "\(Int((seconds / 60).rounded(.up))) minutes"
        default: "\(Int(min((seconds / 3600).rounded(.up), 1e9))) hours"
        }
    }
}
