import Curl
import Glibc
import SLA

/// What it says of a service that a transfer did not come to its end, and whose fault that is.
struct TransferFailure {
    let transfer: FinishedTransfer
    let scheme: ProbeScheme
    /// The limit of the whole probe, in ms.
    let timeout: Milliseconds

    private var longHeaders: String { words(scheme.isHTTP ? .headers : .greeting) }

    func outcome() -> ProbeOutcome {
        if let excess = transfer.excess { return .down(words(excess)) }
        if let ours = ownFault() { return ours }
        switch transfer.code {
        case .operationTimedOut:
            return .down(Cause.timeout(timeout, while: phase))
        case .couldNotConnect:
            return .down(connectionCause)
        case .gotNothing:
            return .down("connection closed before an answer")
        case .receiveError where transfer.text.hasPrefix("Too large response headers"):
            return .down(longHeaders)
        case .sendError, .receiveError:
            return .down(lostConnectionCause)
        case .partialFile:
            return .down("connection closed before the end of the answer")
        case .tlsConnectError:
            return .down("TLS was not agreed: \(detail)")
        case .peerFailedVerification:
            return .down("certificate is not trusted: \(detail)")
        case .weirdServerReply, .unsupportedProtocol:
            return .down("answer is not \(scheme.isHTTP ? "HTTP" : scheme.rawValue.uppercased()): \(detail)")
        case .badContentEncoding:
            return .down("compressed body is damaged: \(detail)")
        case .outOfMemory:
            return .down(longHeaders)
        case .writeError where transfer.headersTooLong:
            return .down(longHeaders)
        default:
            return .down(detail)
        }
    }

    /// Where it is our own machine that failed: no descriptors, no memory, no ports, no route at all.
    private func ownFault() -> ProbeOutcome? {
        switch transfer.code {
        case .outOfMemory where isReadingHeaders && transfer.times.firstByte > 0:
            // libcurl's room for one line is bounded, and it calls a longer line a lack of memory.
            return nil
        case .outOfMemory, .failedInit, .badTrustFile, .urlMalformed,
            .tlsEngineInitFailed, .unknownOption, .badFunctionArgument, .abortedByCallback:
            return .unknown(detail)
        case .couldNotConnect, .sendError, .receiveError:
            break
        case .operationTimedOut where transfer.socketError != 0:
            break
        default:
            return nil
        }
        switch transfer.socketError != 0 ? transfer.socketError : transfer.systemError {
        case EMFILE, ENFILE: return .unknown("too many open files")
        case ENOBUFS, ENOMEM: return .unknown("out of memory for sockets")
        case EADDRNOTAVAIL: return .unknown("no local address or port is free")
        case ENETUNREACH, ENETDOWN: return .unknown("network is unreachable from here")
        case EAFNOSUPPORT: return .unknown("address family is not available here")
        case EACCES, EPERM: return .unknown("this machine does not permit the connection")
        default: return transfer.socketError != 0 ? .unknown(words(transfer.socketError)) : nil
        }
    }

    /// Whether the connection stood and the headers were still to end; only HTTP has any.
    private var isReadingHeaders: Bool { scheme.isHTTP && transfer.isConnected && !transfer.headersEnded }

    private var connectionCause: String {
        switch transfer.systemError {
        case ECONNREFUSED: "connection refused"
        case EHOSTUNREACH: "no route to host"
        case ETIMEDOUT: "connection attempt timed out"
        case ECONNRESET: "connection reset"
        case 0: detail
        default: words(transfer.systemError)
        }
    }

    private var lostConnectionCause: String {
        switch transfer.systemError {
        case ECONNRESET, EPIPE:
            transfer.times.firstByte > 0 ? "connection reset within the answer" : "connection reset before an answer"
        // Where a mail server closes at once, libcurl has words of its own, and no error of the system.
        case 0 where transfer.text.isEmpty || transfer.text.hasPrefix("response reading failed"):
            "connection closed before an answer"
        case 0: detail
        default: words(transfer.systemError)
        }
    }

    /// What the transfer was doing when its time was up.
    private var phase: String {
        if !transfer.isConnected { return "connecting" }
        if scheme.isTLS, transfer.times.tls == 0 { return "agreeing on TLS" }
        guard scheme.isHTTP else { return "waiting for the greeting" }
        if transfer.times.firstByte == 0 { return "waiting for the first byte" }
        return transfer.headersEnded ? "reading the body" : "reading the headers"
    }

    private func words(_ excess: WireMeter.Excess) -> String {
        switch excess {
        case .tls: "TLS sends without end"
        case .greeting: "greeting is too long"
        case .headers: "headers are too long"
        case .encodings: "answer is compressed more than once"
        case .framing: "too much around the body: chunk framing, compression or TLS without content"
        }
    }

    /// libcurl's own words, where there are no better ones.
    private var detail: String {
        transfer.text.isEmpty ? transfer.code.description : transfer.text
    }

    private func words(_ code: Int32) -> String {
        String(cString: strerror(code)).lowercased()
    }
}
