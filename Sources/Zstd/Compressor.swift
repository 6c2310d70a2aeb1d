import CZstd

/// A compression context of libzstd, freed with the value.
@safe struct Compressor: ~Copyable {
    private let context: OpaquePointer

    private init() throws(ZstdError) {
        guard let created = unsafe ZSTD_createCCtx() else {
            throw .library(reason: "no memory for a context")
        }
        unsafe context = created
    }

    /// A context for one frame with a content of a known size, in bytes.
    static func prepared(level: Int, contentSize: Int) throws(ZstdError) -> Compressor {
        let compressor = try Compressor()
        try compressor.prepare(level: level, contentSize: contentSize)
        return compressor
    }

    private func prepare(level: Int, contentSize: Int) throws(ZstdError) {
        try set(ZSTD_c_compressionLevel, Int32(level))
        try set(ZSTD_c_contentSizeFlag, 1)
        try set(ZSTD_c_checksumFlag, 1)
        _ = try LibraryResult(code: unsafe ZSTD_CCtx_setPledgedSrcSize(context, UInt64(contentSize))).size()
    }

    deinit {
        unsafe ZSTD_freeCCtx(context)
    }

    private func set(_ parameter: ZSTD_cParameter, _ value: Int32) throws(ZstdError) {
        _ = try LibraryResult(code: unsafe ZSTD_CCtx_setParameter(context, parameter, value)).size()
    }

    /// One frame, in as few blocks as libzstd likes.
    func frame(of bytes: [UInt8]) throws(ZstdError) -> [UInt8] {
        var result = 0
        let frame = unsafe [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) {
            target, count in
            result = unsafe bytes.withUnsafeBytes { source in
                unsafe ZSTD_compress2(
                    context, target.baseAddress, target.count, source.baseAddress, source.count)
            }
            count = ZSTD_isError(result) == 0 ? result : 0
        }
        _ = try LibraryResult(code: result).size()
        return frame
    }

    /// One frame in blocks of at most `blockSize` bytes of content.
    ///
    /// A block takes at least 4 bytes, so the frame is never smaller than 4 / `blockSize` of its content.
    func frame(of bytes: [UInt8], blockSize: Int) throws(ZstdError) -> [UInt8] {
        let capacity = ZSTD_compressBound(bytes.count) + 8 * (bytes.count / blockSize + 1)
        var result = 0
        let frame = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
            var output = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
            result = unsafe bytes.withUnsafeBytes { source in
                unsafe flushBlocks(of: source, blockSize: blockSize, to: &output)
            }
            count = unsafe output.pos
        }
        let left = try LibraryResult(code: result).size()
        guard left == 0 else { throw .library(reason: "no room for the frame") }
        return frame
    }

    /// 0 when the whole frame was written, else what is left or an error, as `ZSTD_compressStream2` returns it.
    private func flushBlocks(
        of source: UnsafeRawBufferPointer, blockSize: Int, to output: inout ZSTD_outBuffer
    ) -> Int {
        var input = unsafe ZSTD_inBuffer(src: source.baseAddress, size: 0, pos: 0)
        while true {
            unsafe input.size += min(blockSize, source.count - input.size)
            let directive = unsafe input.size < source.count ? ZSTD_e_flush : ZSTD_e_end
            let left = unsafe ZSTD_compressStream2(context, &output, &input, directive)
            guard left == 0, directive == ZSTD_e_flush else { return left }
        }
    }
}
