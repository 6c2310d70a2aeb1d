/// Lets two servers of a process start at a time; the others wait their turn.
///
/// `initdb` keeps a core busy for a second or more; dozens of them at once only make each other late.
actor StartQueue {
    static let process = StartQueue()

    private var free = 2
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Waits for a turn, which ends with ``leave()``.
    func enter() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// Gives the turn to the one that waits longest.
    func leave() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
