import Curl
import SLA

/// All that is known of a transfer once it is over; nothing of it belongs to libcurl.
struct FinishedTransfer: Sendable {
    /// libcurl's result.
    var code: CurlCode
    /// What libcurl says of it; empty where it says nothing.
    var text: String
    /// The `errno` of the connection; 0 where there was none.
    var systemError: Int32
    /// The `errno` with which its socket could not be used; 0 where it could.
    var socketError: Int32
    /// The X509_V_ERR of the chain; 0 where it was accepted.
    var verifyResult: Int
    /// The last HTTP status; 0 where there was none.
    var status: Int
    /// Where a redirect points, as the server wrote it; nil where the answer is none.
    var redirect: String?
    /// Ends of phases in µs from the transfer's beginning; 0 for one that was not reached.
    var times: Times
    var headers: [Header]
    /// Whether the headers came to their end; those of an interim answer (1xx) do not count.
    var headersEnded: Bool
    var headersTooLong: Bool
    /// The body where it was wanted whole and could be held; otherwise empty.
    var body: [UInt8]
    var bodyBytes: Int
    /// Whether the body goes on behind what was read of it, or would have.
    var bodyWasCut: Bool
    /// Whether it was cut before it came: it is compressed, and that ends in its middle.
    var compressionBreaksOff = false
    /// The chain the server showed, its own certificate first.
    var certificates: [ProbeResult.Certificate]
    /// What came without end; nil where nothing did.
    var excess: WireMeter.Excess?
    /// What the answer says of its body's text.
    var contentType = ContentType("")
    /// Which of the texts that were looked for stand in the body, as bytes of UTF-8.
    var found: Set<[UInt8]> = []
    /// Whether the body was wanted whole, and there was no room left to hold it.
    var bodyWasDropped = false
    /// What a mail server said first; empty where it said nothing.
    var greeting = ""
    /// What it said last; likewise.
    var said = ""

    /// A header of the answer.
    struct Header {
        var name: String
        var value: String
    }

    /// The beginning is when the connection stood.
    struct Times {
        var tls: Int64
        var firstByte: Int64
        var total: Int64
    }

    /// Whether the engine ended it: its time was up, or too much came. libcurl's own times are then those of when it
    /// last had something to do.
    var wasStopped: Bool { code == .operationTimedOut || excess != nil }

    /// Whether an answer was read as far as it was wanted.
    var isComplete: Bool { code == .ok || (code == .writeError && bodyWasCut && !headersTooLong) }
}
