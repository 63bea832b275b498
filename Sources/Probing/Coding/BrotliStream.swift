import CBrotli

/// Brotli's decoder (RFC 7932).
final class BrotliStream: CodingStream {
    // Made in init, freed in deinit, and nobody else's.
    private let state: OpaquePointer

    init() {
        guard let state = BrotliDecoderCreateInstance(nil, nil, nil) else {
            preconditionFailure("no memory for ten KiB")
        }
        self.state = state
    }

    deinit {
        BrotliDecoderDestroyInstance(state)
    }

    func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> CodingStep {
        // Both addresses are good for the counts beside them as long as the call takes.
        var (next, left) = (input.baseAddress?.assumingMemoryBound(to: UInt8.self), input.count)
        var (place, room) = (output.baseAddress?.assumingMemoryBound(to: UInt8.self), output.count)
        let result = BrotliDecoderDecompressStream(state, &left, &next, &room, &place, nil)
        return CodingStep(read: input.count - left, written: output.count - room, state: state(result))
    }

    private func state(_ result: BrotliDecoderResult) -> CodingStep.State {
        switch result {
        case BROTLI_DECODER_RESULT_SUCCESS: return .ended
        case BROTLI_DECODER_RESULT_ERROR: break
        default: return .goesOn
        }
        let code = BrotliDecoderGetErrorCode(state)
        let (last, first) = (BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES, BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES)
        if (last.rawValue...first.rawValue).contains(code.rawValue) { return .outOfMemory }
        return .damaged("br: \(String(cString: BrotliDecoderErrorString(code)))")
    }

    /// It has one end.
    func mayGoOn(with byte: UInt8) -> Bool { false }

    func restart() {
        preconditionFailure("nothing follows Brotli's end")
    }
}
