import SLA

/// How much may come over the wire before a phase of an answer ends: a peer that sends without end is found out by
/// what it sent, whatever the libraries make of it. Pure: bytes in, an excess out.
struct WireMeter {
    typealias Excess = Cause.Excess

    /// Where in its answer a peer is.
    enum Phase: Hashable {
        case tls, greeting, headers
        /// With so many bytes of the body, decompressed.
        case body(Int)
    }

    /// Bytes of TLS up to its agreement: five times the longest chain that OpenSSL takes.
    static let tlsBytes: UInt64 = 512 << 10
    /// Messages of TLS in a row; an agreement has about ten, and a few may follow it.
    static let tlsMessages = 500
    /// Bytes of a greeting.
    static let greetingBytes: UInt64 = 64 << 10
    /// Bytes around a body, whatever its length.
    static let framingBytes: UInt64 = 1 << 20
    /// Bytes around each byte of a body: one alone in its chunk, and that alone in its record, have 35.
    static let framingFactor: UInt64 = 40

    /// Whether TLS is spoken.
    let isTLS: Bool
    /// How many bytes of headers an answer may have.
    let headerBytes: Int

    /// Pieces of a body, beside one for each 16 bytes of it: each costs a turn through the libraries.
    static let pieces = 50_000

    private var messages = 0
    private var records: UInt64 = 0
    private var pieces = 0
    private var bodyBytes = 0

    init(isTLS: Bool, headerBytes: Int) {
        self.isTLS = isTLS
        self.headerBytes = headerBytes
    }

    /// The fewest bytes that could be too many, in any phase.
    static let least = greetingBytes

    /// What is too much of `bytes` that have been read from the socket so far; nil where nothing is.
    func excess(of bytes: UInt64, in phase: Phase) -> Excess? {
        let tls = isTLS ? Self.tlsBytes : 0
        // Lines that libcurl still holds, and a status line, are not among the headers it has told of.
        let headers = tls + UInt64(headerBytes) + Self.greetingBytes
        switch phase {
        case .tls: return bytes > tls ? .tls : nil
        case .greeting: return bytes > tls + Self.greetingBytes ? .greeting : nil
        case .headers: return bytes > headers ? .headers : nil
        case .body(let read):
            return bytes > headers + Self.framingBytes + Self.framingFactor * UInt64(read) ? .framing : nil
        }
    }

    /// Takes note of a piece of TLS as OpenSSL tells of it: the five bytes before a record, or a message inside one.
    ///
    /// - Returns: whether there are too many since the last ``data()``. OpenSSL reads on by itself as long as they
    ///   come, and gives nobody else a turn.
    mutating func isExcessive(tls piece: UnsafeRawBufferPointer) -> Bool {
        let isRecordHeader = piece.count == 5 && piece[1] == 3 && (20...24).contains(piece[0])
        if isRecordHeader {
            records += UInt64(piece[3]) << 8 | UInt64(piece[4])
        } else if piece.count > 1 {
            // A single byte is the kind of what is inside a record of TLS 1.3.
            messages += 1
        }
        return messages > Self.tlsMessages || records > Self.tlsBytes
    }

    /// Takes note of a piece of a body; returns whether it comes in too many for what they hold.
    mutating func isExcessive(piece bytes: Int) -> Bool {
        pieces += 1
        bodyBytes += bytes
        return pieces > Self.pieces + bodyBytes / 16
    }

    /// Something of the protocol inside TLS has come.
    mutating func data() {
        messages = 0
        records = 0
    }
}
