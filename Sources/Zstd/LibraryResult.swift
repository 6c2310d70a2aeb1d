import CZstd

/// What a libzstd function returned: a size, or one of its errors.
struct LibraryResult {
    let code: Int

    var isError: Bool { ZSTD_isError(code) != 0 }

    var reason: String {
        guard let name = unsafe ZSTD_getErrorName(code) else { return "unknown error" }
        return unsafe String(validatingCString: name) ?? "unknown error"
    }

    /// The size, or the error in the words of one who compresses.
    func size() throws(ZstdError) -> Int {
        guard !isError else { throw .library(reason: reason) }
        return code
    }

    /// The size, or the error in the words of one who reads a frame.
    func sizeRead() throws(ZstdError) -> Int {
        guard isError else { return code }
        switch ZSTD_getErrorCode(code) {
        case ZSTD_error_srcSize_wrong: throw .truncated
        case ZSTD_error_memory_allocation: throw .library(reason: reason)
        case ZSTD_error_checksum_wrong: throw .damaged(reason: "its checksum does not match")
        default: throw .damaged(reason: reason)
        }
    }
}
