import LOBAdvice

/// A log of a DMS task on disk or on standard input, packed by gzip or not.
struct LogFile {
    let path: String

    /// What it says of cut values.
    ///
    /// - Throws: `CommandFailure` where it cannot be read.
    func summary() async throws(CommandFailure) -> TruncationSummary {
        var source = try ByteSource(path)
        defer { source.close() }
        let isPacked = try source.isGzip()
        let opened = source
        if isPacked { return try await Gunzip.run(opened, Self.read) }
        return try await Blocking.run { Self.read(opened) }.get()
    }

    private static func read(_ source: ByteSource) -> Result<TruncationSummary, CommandFailure> {
        var source = source
        var reader = TruncationReader(source: source.name)
        do throws(CommandFailure) {
            while true {
                let bytes = try source.next()
                guard !bytes.isEmpty else { return .success(try finish(&reader, source.name)) }
                try take(bytes, by: &reader, source.name)
            }
        } catch {
            return .failure(error)
        }
    }

    private static func take(
        _ bytes: [UInt8], by reader: inout TruncationReader, _ name: String
    ) throws(CommandFailure) {
        do throws(TruncationLogError) {
            try reader.take(bytes)
        } catch {
            throw CommandFailure("\"\(name)\": \(error)")
        }
    }

    private static func finish(
        _ reader: inout TruncationReader, _ name: String
    ) throws(CommandFailure) -> TruncationSummary {
        do throws(TruncationLogError) {
            return try reader.finish()
        } catch {
            throw CommandFailure("\"\(name)\": \(error)")
        }
    }
}
