import EphemeralPostgreSQL

// Starts a cluster, says where it is on standard output, and waits to be killed.
let cluster = try await EphemeralCluster.start()
guard let pid = cluster.postmasterPID else { throw ClusterError.notStarted(log: cluster.logFile) }
try Announcement.write("\(pid) \(cluster.directory)\n")
try await Task.sleep(for: .seconds(600))
await cluster.stop()
