internal import CLibPQ

/// Options in libpq's own array, in both directions.
enum ConninfoOptions {
    /// The options that have a value.
    static func read(_ first: UnsafeMutablePointer<PQconninfoOption>) -> [Conninfo.Option] {
        var options: [Conninfo.Option] = []
        var next = unsafe first
        while let keyword = unsafe next.pointee.keyword {
            if let value = unsafe next.pointee.val {
                let option = unsafe Conninfo.Option(
                    keyword: CText.visible(keyword), value: CText.bytes(value))
                options.append(option)
            }
            unsafe next += 1
        }
        return options
    }

    /// Starts a connection without expanding `dbname`: a database called `host=…` stays a name.
    static func start(_ options: [Conninfo.Option]) -> OpaquePointer? {
        unsafe withCStrings(options.map { Array($0.keyword.utf8) }) { keywords in
            unsafe withCStrings(options.map(\.value)) { values in
                unsafe PQconnectStartParams(keywords, values, 0)
            }
        }
    }

    /// What is in force for a connection: given options, environment, service file and defaults together.
    static func effective(_ connection: OpaquePointer) -> [Conninfo.Option] {
        guard let all = unsafe PQconninfo(connection) else { return [] }
        defer { unsafe PQconninfoFree(all) }
        return unsafe read(all)
    }

    /// Calls `body` with a NULL-terminated array of C strings.
    private static func withCStrings(
        _ texts: [[UInt8]], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> OpaquePointer?
    ) -> OpaquePointer? {
        var offsets: [Int] = []
        var joined: [UInt8] = []
        for text in texts {
            offsets.append(joined.count)
            joined += text + [0]
        }
        return unsafe joined.withUnsafeBytes { bytes -> OpaquePointer? in
            var pointers: [UnsafePointer<CChar>?] = unsafe []
            for offset in offsets {
                let start = unsafe bytes.bindMemory(to: CChar.self).baseAddress
                let pointer = unsafe start.map { unsafe $0 + offset }
                unsafe pointers.append(pointer)
            }
            unsafe pointers.append(nil)
            return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
        }
    }
}
