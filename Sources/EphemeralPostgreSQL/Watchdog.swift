import Subprocess

/// A small shell that outlives its owner, stops the owner's server and removes its folder.
///
/// It holds the read end of a pipe whose other end only this process has. The pipe closes when ``release()``
/// is called, but also when the process ends in any way, `kill -9` included. The shell has a session of its
/// own, so Ctrl-C in a terminal does not reach it.
final class Watchdog: Sendable {
    private let open: AsyncStream<[UInt8]>.Continuation
    private let shell: Task<Void, Never>
    private let started: AsyncStream<Void>

    /// Starts to watch over `folder`; ``ready()`` says when.
    init(folder: String, data: String, binaries: ServerBinaries, identity: Identity?) {
        let (closed, open) = AsyncStream.makeStream(of: [UInt8].self)
        let command = Command(
            program: "sh", arguments: ["-c", Self.script, "sh", folder, data],
            directory: binaries.directory, identity: identity)
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        self.open = open
        self.started = started
        self.shell = Task.detached {
            var options = command.options
            options.createSession = true
            _ = try? await Subprocess.run(
                .name(command.invocation.program), arguments: Arguments(command.invocation.arguments),
                environment: .custom(command.variables), platformOptions: options,
                input: .inputWriter, output: .discarded, error: .discarded
            ) { execution in
                start.yield()
                for await line in closed { _ = try await execution.standardInputWriter.write(line) }
                try await execution.standardInputWriter.finish()
            }
            start.finish()
        }
    }

    deinit {
        open.finish()
    }

    /// Waits until the shell runs, before which nothing should be put in the folder.
    func ready() async throws(ClusterError) {
        for await _ in started { return }
        throw .notRun(program: "sh", reason: "the watchdog did not start")
    }

    /// Has the server stopped and the folder removed, and returns when both are done.
    func release() async {
        open.finish()
        await shell.value
    }

    /// Ends the shell without anything being stopped or removed, and returns when it has ended.
    func dismiss() async {
        open.yield(Array("dismiss\n".utf8))
        open.finish()
        await shell.value
    }

    /// Waits for the end of standard input, then cleans up.
    ///
    /// The process id comes from this data directory's own `postmaster.pid`, and is used only while a
    /// process with that id works in that directory, as a postmaster does. An `initdb` that still runs
    /// may write for a moment after the folder is gone, hence the second look.
    private static let script = #"""
        trap '' HUP INT
        trap : TERM
        folder=$1 data=$2
        while read -r word; do [ "$word" != dismiss ] || exit 0; done
        ours() {
            pid=$(sed -n 1p "$data/postmaster.pid" 2>/dev/null) || return 1
            [ -n "$pid" ] || return 1
            if [ -e "/proc/$pid/cwd" ] || [ -L "/proc/$pid/cwd" ]; then
                [ "$(readlink "/proc/$pid/cwd")" = "$data" ]
            else
                ps -p "$pid" -o command= 2>/dev/null | grep -qF -- "$data"
            fi
        }
        cd /
        clear=0 tries=0
        while [ "$clear" -lt 2 ] && [ "$tries" -lt 40 ]; do
            tries=$((tries + 1))
            if [ -e "$folder" ]; then
                clear=0
                if ours; then
                    pg_ctl stop -s -D "$data" -m fast -w -t 60 || pg_ctl stop -s -D "$data" -m immediate -w -t 20
                fi
                ours || rm -rf -- "$folder"
            else
                clear=$((clear + 1))
            fi
            [ "$clear" -ge 2 ] || sleep 0.1
        done
        """#
}
