import Curl
import Glibc
import SLA

/// What it says of a service that a transfer, whose connection stood, did not come to its end, and whose fault that is.
struct TransferFailure {
    let transfer: FinishedTransfer
    let scheme: ProbeScheme
    /// The limit of the whole probe, in ms.
    let timeout: Milliseconds

    private var longHeaders: Cause { .excess(scheme.isHTTP ? .headers : .greeting) }

    func outcome() -> ProbeOutcome {
        if let excess = transfer.excess { return .down(.excess(excess)) }
        if let ours = ownFault() { return ours }
        if let words = otherWords { return .down(words) }
        switch transfer.code {
        case .operationTimedOut:
            return .down(.timeout(timeout, while: phase))
        case .gotNothing:
            return .down(.connection(.closedBeforeAnswer))
        case .receiveError where transfer.text.hasPrefix("Too large response headers"):
            return .down(longHeaders)
        case .sendError, .receiveError:
            return .down(lostConnectionCause)
        case .partialFile:
            return .down(.connection(.closedWithinAnswer))
        case .tlsConnectError:
            return .down(.tlsNotAgreed(detail))
        case .peerFailedVerification:
            return .down(.certificate(.notTrusted(detail)))
        case .weirdServerReply, .unsupportedProtocol, .remoteAccessDenied:
            return .down(.notProtocol(protocolName, detail))
        case .badContentEncoding where isReadingHeaders:
            // libcurl counts the codings of a transfer by itself, up to five.
            return .down(.excess(.encodings))
        case .badContentEncoding:
            return .down(.damagedBody(detail))
        case .outOfMemory:
            return .down(longHeaders)
        case .writeError where transfer.headersTooLong:
            return .down(longHeaders)
        default:
            return .down(.library(detail))
        }
    }

    /// Where it is our own machine that failed. That nobody can be reached any more is not among it: something was sent,
    /// and the way may have ended anywhere.
    private func ownFault() -> ProbeOutcome? {
        switch transfer.code {
        case .outOfMemory where isReadingHeaders && transfer.times.firstByte > 0:
            // libcurl's room for one line is bounded, and it calls a longer line a lack of memory.
            return nil
        case .outOfMemory, .failedInit, .badTrustFile, .urlMalformed,
            .tlsEngineInitFailed, .unknownOption, .badFunctionArgument, .abortedByCallback:
            return .unknown(.library(detail))
        case .couldNotConnect, .sendError, .receiveError:
            break
        case .operationTimedOut where transfer.socketError != 0:
            break
        default:
            return nil
        }
        if let lack = Cause.Lack(ofMachine: transfer.socketError != 0 ? transfer.socketError : transfer.systemError) {
            return .unknown(.monitorLacked(lack))
        }
        return transfer.socketError != 0 ? .unknown(.library(Excerpt(systemError: transfer.socketError))) : nil
    }

    private var protocolName: String { scheme.isHTTP ? "HTTP" : scheme.rawValue.uppercased() }

    /// What a mail server said for itself, where that tells more than libcurl does, which passes over lines that it does
    /// not understand, and tells of the end of the connection only.
    private var otherWords: Cause? {
        let ends: [CurlCode] = [.gotNothing, .sendError, .receiveError, .weirdServerReply, .remoteAccessDenied]
        let dialogue = MailDialogue(scheme: scheme, greeting: transfer.greeting, said: transfer.said)
        if dialogue.isForeign, ends.contains(transfer.code) || transfer.code == .operationTimedOut {
            return .notProtocol(protocolName, Excerpt(transfer.greeting))
        }
        guard ends.contains(transfer.code), dialogue.refuses else { return nil }
        return .greetingRefuses(protocolName, Excerpt(transfer.said))
    }

    /// Whether the headers were still to end; only HTTP has any.
    private var isReadingHeaders: Bool { scheme.isHTTP && !transfer.headersEnded }

    private var lostConnectionCause: Cause {
        switch transfer.systemError {
        case ECONNRESET, EPIPE:
            .connection(transfer.times.firstByte > 0 ? .resetWithinAnswer : .resetBeforeAnswer)
        // Where a mail server closes at once, libcurl has words of its own, and no error of the system.
        case 0 where transfer.text.isEmpty || transfer.text.hasPrefix("response reading failed"):
            .connection(.closedBeforeAnswer)
        case 0: .library(detail)
        default: ConnectFailure.cause(transfer.systemError)
        }
    }

    /// What the transfer was doing when its time was up.
    private var phase: Cause.Phase {
        if scheme.isTLS, transfer.times.tls == 0 { return .tls }
        guard scheme.isHTTP else { return .greeting }
        if transfer.times.firstByte == 0 { return .firstByte }
        return transfer.headersEnded ? .body : .headers
    }

    /// libcurl's own words, where there are no better ones.
    private var detail: Excerpt {
        let words = [transfer.text, transfer.greeting].first { !$0.isEmpty }
        return Excerpt(words ?? transfer.code.description)
    }
}
