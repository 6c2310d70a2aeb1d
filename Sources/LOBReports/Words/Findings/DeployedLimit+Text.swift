import LOBAdvice

extension DeployedLimit {
    /// What has the limit that cut, to follow that; empty where it is not known.
    var cause: String {
        guard case .cut(let limit, let place, _) = self else { return "" }
        return " (\(place.text): \(limit.count) KB)"
    }

    /// To follow what the log says; empty where nothing more is to be said.
    var message: String {
        let then = "which was not in force then"
        return switch self {
        case .notGiven, .cut: ""
        case .noTask: "; no task of the given files migrates the table"
        case .leftOut: "; the given files migrate no LOBs"
        case .unlimited(let place): "; the given files make it unlimited (\(place.text)), \(then)"
        case .unknown(let place): "; which limit the given files have is not known (\(place.text))"
        case .changed(let limit, let place, _):
            "; the given files have \(limit.count) KB (\(place.text)), \(then)"
        }
    }

    /// What to do, with what else is to do.
    func remedy(and other: String) -> String {
        switch self {
        case .notGiven, .unknown: other
        case .noTask, .leftOut: "give the files of the task that wrote the log; \(other)"
        case .unlimited: "load again what was cut"
        case .cut(_, let place, let change): "\(change.text(at: place)); \(other)"
        case .changed(let limit, let place, let change):
            change.map { "\($0.text(at: place)); \(other)" }
                ?? "\(limit.count) KB hold that value: load again what was cut"
        }
    }
}

extension DeployedLimit.Place {
    fileprivate var text: String { "\(name)\(ofTask)" }

    fileprivate var ofTask: String { task.map { " of task \($0)" } ?? "" }
}

extension DeployedLimit.Change {
    fileprivate func text(at place: DeployedLimit.Place) -> String {
        guard let size = rung?.count else {
            let beginning = place.isOwnRule ? "\(place.text) must become" : "\(Self.ownRule)\(place.ofTask),"
            return "\(beginning) unlimited: no limit holds \(needed.count) KB"
        }
        return place.isOwnRule
            ? "\(place.text) must become limited with a bulk-max-size of \(size) or more, or unlimited"
            : "\(Self.ownRule)\(place.ofTask), limited with a bulk-max-size of \(size) or more or unlimited, or set "
                + "LobMaxSize to \(size) or more"
    }

    private static let ownRule = "give the table a rule of its own"
}
