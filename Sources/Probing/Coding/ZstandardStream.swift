import CZstd

/// Zstandard's decoder (RFC 8878).
final class ZstandardStream: CodingStream {
    /// The largest window that a body may ask for, 8 MiB, as a power of two: RFC 9659 §3.
    private static let windowLog: Int32 = 23

    // Made in init, freed in deinit, and nobody else's.
    private let context: OpaquePointer

    init() {
        guard let context = ZSTD_createDCtx() else { preconditionFailure("no memory for a hundred KiB") }
        self.context = context
        // It cannot fail: the context is new, and takes 10 to 31.
        ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.windowLog)
    }

    deinit {
        ZSTD_freeDCtx(context)
    }

    func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> CodingStep {
        // Both addresses are good for the counts beside them as long as the call takes.
        var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let result = ZSTD_decompressStream(context, &target, &source)
        return CodingStep(read: source.pos, written: target.pos, state: state(result))
    }

    private func state(_ result: Int) -> CodingStep.State {
        if result == 0 { return .ended }
        guard ZSTD_isError(result) != 0 else { return .goesOn }
        let words = "zstd: \(String(cString: ZSTD_getErrorName(result)))"
        switch ZSTD_getErrorCode(result) {
        case ZSTD_error_memory_allocation: return .outOfMemory
        case ZSTD_error_prefix_unknown: return .foreign(words)
        default: return .damaged(words)
        }
    }

    /// Frames follow each other, and such as are passed over (RFC 8878 §3.1).
    func mayGoOn(with byte: UInt8) -> Bool { byte == 0x28 || (0x50...0x5F).contains(byte) }

    func restart() {
        // It cannot fail: only the frame is forgotten.
        ZSTD_DCtx_reset(context, ZSTD_reset_session_only)
    }
}
