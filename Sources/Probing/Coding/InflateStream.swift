import CZlib

/// zlib's decoder, of deflate in each of its containers.
final class InflateStream: CodingStream {
    enum Container {
        /// gzip's or zlib's, as it begins.
        case automatic
        case zlib
        /// Deflate by itself.
        case none

        /// zlib's `windowBits`: the largest window, and what is around.
        fileprivate var windowBits: Int32 {
            switch self {
            case .automatic: MAX_WBITS + 32
            case .zlib: MAX_WBITS
            case .none: -MAX_WBITS
            }
        }
    }

    private let name: String
    // zlib keeps its address, so it stays where it is; made in init, freed in deinit, and nobody else's.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    /// - Parameter name: what its servers call it.
    init(_ container: Container, name: String) {
        self.name = name
        stream.initialize(to: z_stream())
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(stream, container.windowBits, ZLIB_VERSION, size) == Z_OK else {
            preconditionFailure("no memory for ten KiB")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> CodingStep {
        // Both addresses are good for the counts beside them as long as the call takes.
        stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: Bytef.self)
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: Bytef.self)
        stream.pointee.avail_out = UInt32(output.count)
        let code = inflate(stream, Z_NO_FLUSH)
        return CodingStep(
            read: input.count - Int(stream.pointee.avail_in), written: output.count - Int(stream.pointee.avail_out),
            state: state(code))
    }

    private func state(_ code: Int32) -> CodingStep.State {
        switch code {
        // The second is that there was nothing to do.
        case Z_OK, Z_BUF_ERROR: .goesOn
        case Z_STREAM_END: .ended
        case Z_MEM_ERROR: .outOfMemory
        case Z_NEED_DICT: .damaged("\(name): it needs a dictionary")
        default: fault(stream.pointee.msg.map { String(cString: $0) } ?? "error \(code)")
        }
    }

    private func fault(_ words: String) -> CodingStep.State {
        let text = "\(name): \(words)"
        return words == "incorrect header check" ? .foreign(text) : .damaged(text)
    }

    /// gzip's members follow each other (RFC 1952 §2.2); the others have none.
    func mayGoOn(with byte: UInt8) -> Bool { name == "gzip" && byte == 0x1F }

    func restart() {
        // It cannot fail: the stream is in order.
        inflateReset(stream)
    }
}
