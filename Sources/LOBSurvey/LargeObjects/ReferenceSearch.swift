import LOBProfile
import PostgreSQLClient

/// Looks for what refers to large objects, a window of objects at a time: in all columns of type oid, and where these do
/// not refer to each object of the window, in columns of other types that hold numbers.
struct ReferenceSearch {
    private let session: ServerSession
    private let target: Duration
    private var oids: Part
    /// nil until an object is found that no column of type oid refers to.
    private var numbers: Part?
    private var stage = Stage.oids
    private var orphans = LargeObjectAmount()
    private var onlyNumbered = LargeObjectAmount()

    private enum Stage { case oids, numbers, end }

    /// The tables of one kind of columns, and what was counted of them.
    private struct Part {
        var pass: ReferencePass
        var tally: ReferenceTally

        init(_ pass: ReferencePass, isCertain: Bool) {
            self.pass = pass
            tally = ReferenceTally(pass.tables, isCertain: isCertain)
        }

        mutating func step(
            _ window: inout LargeObjectWindow, among oids: ClosedRange<UInt32>,
            over connection: inout Connection
        ) throws(PostgreSQLError) {
            guard let scan = try pass.step(window, among: oids, over: &connection) else { return }
            tally.add(scan, in: &window)
        }
    }

    /// Finds the columns of type oid.
    init(
        session: ServerSession, target: Duration, over connection: inout Connection
    ) throws(PostgreSQLError) {
        self.session = session
        self.target = target
        let pass = try ReferencePass(.oids, session: session, target: target, over: &connection)
        oids = Part(pass, isCertain: true)
    }

    /// Whether everything was looked at for the window.
    var isFinished: Bool { stage == .end }

    /// What was found in all windows so far.
    var result: LargeObjectReferences {
        let unchecked = oids.tally.unchecked + (numbers?.tally.unchecked ?? [])
        return LargeObjectReferences(
            columns: oids.tally.columns, unchecked: oids.tally.unchecked,
            orphans: unchecked.isEmpty ? orphans : nil,
            numbers: numbers?.tally.numbers(only: onlyNumbered))
    }

    /// Counts what nothing in the window refers to, and begins anew.
    mutating func endWindow(_ window: LargeObjectWindow) {
        orphans = orphans + window.orphans
        onlyNumbered = onlyNumbered + window.onlyNumbered
        oids.pass.rewind()
        numbers?.pass.rewind()
        stage = .oids
    }

    /// Takes the next step: a part of a table.
    ///
    /// - Parameter isLast: whether no objects come after those of the window.
    mutating func step(
        _ window: inout LargeObjectWindow, isLast: Bool, over connection: inout Connection
    ) throws(PostgreSQLError) {
        switch stage {
        case .oids:
            guard oids.pass.isFinished else {
                return try oids.step(&window, among: window.oids(isLast: isLast), over: &connection)
            }
            stage = window.orphans.objects > 0 ? .numbers : .end
        case .numbers:
            if numbers == nil {
                let digits = String(window.oids.first ?? 1).utf8.count
                let pass = try ReferencePass(
                    .numbers(digits: digits), session: session, target: target, over: &connection)
                numbers = Part(pass, isCertain: false)
            }
            guard numbers?.pass.isFinished == false else { return stage = .end }
            try numbers?.step(&window, among: window.known, over: &connection)
        case .end: break
        }
    }
}
