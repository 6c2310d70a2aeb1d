import CZstd

/// A decompression context of libzstd, freed with the value.
@safe struct Decompressor: ~Copyable {
    private let context: OpaquePointer

    init() throws(ZstdError) {
        guard let created = unsafe ZSTD_createDCtx() else {
            throw .library(reason: "no memory for a context")
        }
        unsafe context = created
    }

    deinit {
        unsafe ZSTD_freeDCtx(context)
    }

    /// The length of the frame at the start of the bytes, found by walking its block headers.
    static func frameSize(_ bytes: [UInt8]) throws(ZstdError) -> Int {
        let result = unsafe bytes.withUnsafeBytes {
            unsafe ZSTD_findFrameCompressedSize($0.baseAddress, $0.count)
        }
        return try LibraryResult(code: result).sizeRead()
    }

    /// The content of a frame, which must have exactly the size that its header claims.
    func content(of frame: [UInt8], size: Int) throws(ZstdError) -> [UInt8] {
        var result = 0
        let content = unsafe [UInt8](unsafeUninitializedCapacity: size) { target, count in
            result = unsafe frame.withUnsafeBytes { source in
                unsafe ZSTD_decompressDCtx(
                    context, target.baseAddress, size, source.baseAddress, source.count)
            }
            count = ZSTD_isError(result) == 0 ? result : 0
        }
        guard try LibraryResult(code: result).sizeRead() == size else {
            throw .damaged(reason: "its content has another size than its header says")
        }
        return content
    }
}
