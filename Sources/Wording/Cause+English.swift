import SLA

extension Cause {
    /// Why a service is not up, in English, as a person at night reads it: one line of at most 300 characters, without
    /// anything that would steer a terminal or a log. What a person wrote stands as it was written.
    public var english: String {
        if case .text(let text) = self { return text }
        return clipped(sentence)
    }

    private var sentence: String {
        switch self {
        case .monitorStopping: "monitor stopping"
        case .monitorStoodStill(let length):
            "the monitor stood still for \(DurationText.spoken(length)) while it probed"
        case .monitorHeardLate(let length): "the monitor was \(DurationText.spoken(length)) late to hear the answer"
        case .monitorMissed(let count): "the monitor was late and missed \(count) due times"
        case .monitorCrowded: "missed a due time: the probe before is still waiting for its turn"
        case .monitorLacked(let lack): lack.english
        case .misconfigured(let fault): fault.english
        case .name(let host, let lack): "\(lack.english): \(host.text)"
        case .resolver(let reason?, _): "none of the monitor's own name resolvers answers: \(reason.text)"
        case .resolver(nil, let limit):
            "none of the monitor's own name resolvers answers: waited \(DurationText.spoken(limit))"
        case .nameServers(let host, let fault): "the name servers of \(host.text) \(fault.english)"
        case .timeout(let limit, let phase): "timeout after \(DurationText.spoken(limit)) while \(phase.english)"
        case .connection(let fault): fault.english
        case .tlsNotAgreed(let detail): "TLS was not agreed: \(detail.text)"
        case .certificate(let fault): fault.english
        case .redirect(let fault): fault.english
        case .behindRedirect(let url, let cause): "at \(clipped(url.text, to: 80)): \(cause.english)"
        case .atAddress(let address, let count, let cause):
            "at \(address), one of \(count) addresses: \(cause.english)"
        case .notProtocol(let name, let detail): "answer is not \(name): \(detail.text)"
        case .greetingRefuses(let name, let words): "\(name) server refuses: \(words.text)"
        case .damagedBody(let detail): "compressed body is damaged: \(detail.text)"
        case .excess(let excess): excess.english
        case .unexpected(let mismatch): mismatch.english
        case .undecided(let undecided): undecided.english
        case .noAnswer: "no answer as expected"
        case .library(let words): words.text
        case .text(let words): words
        }
    }
}

extension Cause.Phase {
    fileprivate var english: String {
        switch self {
        case .resolving: "resolving"
        case .redirects: "following redirects"
        case .connecting: "connecting"
        case .tls: "agreeing on TLS"
        case .greeting: "waiting for the greeting"
        case .firstByte: "waiting for the first byte"
        case .headers: "reading the headers"
        case .body: "reading the body"
        }
    }
}

extension Cause.Lack {
    fileprivate var english: String {
        switch self {
        case .descriptors: "the monitor's machine has too many files open"
        case .socketMemory: "the monitor's machine has no memory left for connections"
        case .localPorts: "the monitor's machine has no local address or port left"
        case .route: "the monitor's machine has no route to the address"
        case .addressFamily: "the monitor's machine does not speak this family of addresses"
        case .permission: "the monitor's machine does not permit the connection"
        }
    }
}

extension Cause.Misconfiguration {
    fileprivate var english: String {
        switch self {
        case .url(let url): "\(url.quoted) is not an address that can be asked"
        case .host(let host): "\(host.quoted) is not a host name"
        case .address(let address): "address \(address) is not allowed by probing.allow_addresses"
        case .ownAddress(let address): "address \(address) lies in provider.networks, where no reference may lie"
        case .pattern(let pattern): "\(pattern.quoted) is not a regular expression"
        case .slowPattern(let pattern): "search for \(pattern.quoted) takes too long"
        case .noRoom(let pattern):
            "no room was left to hold the body in which to search for \(pattern.quoted)"
        }
    }
}

extension Cause.NameLack {
    /// What stands before the name.
    fileprivate var english: String {
        switch self {
        case .existence: "name does not exist"
        case .address: "name has no address"
        case .ipv4Address: "name has no IPv4 address"
        case .ipv6Address: "name has no IPv6 address"
        }
    }
}

extension Cause.NameServerFault {
    /// What follows the name whose servers they are.
    fileprivate var english: String {
        switch self {
        case .serverFailure: "answer SERVFAIL"
        case .refused: "answer REFUSED"
        case .notImplemented: "answer NOTIMP"
        case .formatError: "answer FORMERR"
        case .silence: "do not answer"
        case .malformed: "answer what is no DNS"
        }
    }
}

extension Cause.ConnectionFault {
    fileprivate var english: String {
        switch self {
        case .refused: "connection refused"
        case .noRoute: "no route to host"
        case .unreachableNetwork: "network unreachable, says a router on the way"
        case .forbidden: "connection forbidden, says a router or a firewall on the way"
        case .timedOut: "connection attempt timed out"
        case .reset: "connection reset"
        case .resetBeforeAnswer: "connection reset before an answer"
        case .resetWithinAnswer: "connection reset within the answer"
        case .closedBeforeAnswer: "connection closed before an answer"
        case .closedWithinAnswer: "connection closed before the end of the answer"
        }
    }
}

extension Cause.RedirectFault {
    fileprivate var english: String {
        switch self {
        case .host(let host): "redirect to \(host.quoted), which is not a host name"
        case .url(let url): "redirect to \(url.quoted), which is no URL"
        case .scheme(let url): "redirect to \(url.quoted), which is not http or https"
        case .address(let address): "redirect to \(address), which probing.allow_addresses does not allow"
        case .tooMany(let most): "more than \(Counted.text(most, "redirect"))"
        }
    }
}

extension Cause.Excess {
    fileprivate var english: String {
        switch self {
        case .tls: "TLS sends without end"
        case .greeting: "greeting is too long"
        case .headers: "headers are too long"
        case .encodings: "answer is compressed too many times"
        case .framing: "too much around the body: chunk framing, compression or TLS without content"
        }
    }
}
