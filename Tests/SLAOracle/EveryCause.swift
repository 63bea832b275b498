import SLA

/// Every cause that there is, with each thing that it may hold, and how it is said in English.
package enum EveryCause {
    package static let causes: [Cause] = english.map(\.cause)

    package static let english: [(cause: Cause, words: String)] =
        monitor + names + timeouts + connections + certificates + redirects + answers + others

    private static let monitor: [(cause: Cause, words: String)] = [
        (.monitorStopping, "monitor stopping"),
        (.monitorStoodStill(72_500), "the monitor stood still for 1 min 12.500 s while it probed"),
        (.monitorHeardLate(400), "the monitor was 0.400 s late to hear the answer"),
        (.monitorMissed(dueTimes: 14), "the monitor was late and missed 14 due times"),
        (.monitorCrowded, "missed a due time: the probe before is still waiting for its turn"),
        (.monitorLacked(.descriptors), "the monitor's machine has too many files open"),
        (.monitorLacked(.socketMemory), "the monitor's machine has no memory left for connections"),
        (.monitorLacked(.localPorts), "the monitor's machine has no local address or port left"),
        (.monitorLacked(.route), "the monitor's machine has no route to the address"),
        (.monitorLacked(.addressFamily), "the monitor's machine does not speak this family of addresses"),
        (.monitorLacked(.permission), "the monitor's machine does not permit the connection"),
        (.misconfigured(.url("http://[")), "\"http://[\" is not an address that can be asked"),
        (.misconfigured(.host("a..b")), "\"a..b\" is not a host name"),
        (
            .misconfigured(.address("10.0.0.1")),
            "address 10.0.0.1 is not allowed by probing.allow_addresses"
        ),
        (
            .misconfigured(.ownAddress("203.0.113.7")),
            "address 203.0.113.7 lies in provider.networks, where no reference may lie"
        ),
        (.misconfigured(.pattern("(")), "\"(\" is not a regular expression"),
        (.misconfigured(.slowPattern("^(a+)+$")), "search for \"^(a+)+$\" takes too long"),
        (
            .misconfigured(.noRoom(pattern: "^b")),
            "no room was left to hold the body in which to search for \"^b\""
        ),
    ]

    private static let names: [(cause: Cause, words: String)] = [
        (.name(host: "acme.example", lacks: .existence), "name does not exist: acme.example"),
        (.name(host: "acme.example", lacks: .address), "name has no address: acme.example"),
        (.name(host: "acme.example", lacks: .ipv4Address), "name has no IPv4 address: acme.example"),
        (.name(host: "acme.example", lacks: .ipv6Address), "name has no IPv6 address: acme.example"),
        (
            .resolver(reason: "connection refused", limit: 10_000),
            "none of the monitor's own name resolvers answers: connection refused"
        ),
        (.resolver(reason: nil, limit: 10_000), "none of the monitor's own name resolvers answers: waited 10 s"),
        (
            .nameServers(host: "example.vn", .serverFailure),
            "the name servers of example.vn answer SERVFAIL"
        ),
        (.nameServers(host: "example.vn", .refused), "the name servers of example.vn answer REFUSED"),
        (.nameServers(host: "example.vn", .notImplemented), "the name servers of example.vn answer NOTIMP"),
        (.nameServers(host: "example.vn", .formatError), "the name servers of example.vn answer FORMERR"),
        (.nameServers(host: "example.vn", .silence), "the name servers of example.vn do not answer"),
        (.nameServers(host: "example.vn", .malformed), "the name servers of example.vn answer what is no DNS"),
    ]

    private static let timeouts: [(cause: Cause, words: String)] = [
        (.timeout(10_000, while: .resolving), "timeout after 10 s while resolving"),
        (.timeout(10_000, while: .redirects), "timeout after 10 s while following redirects"),
        (.timeout(300, while: .connecting), "timeout after 0.300 s while connecting"),
        (.timeout(10_000, while: .tls), "timeout after 10 s while agreeing on TLS"),
        (.timeout(10_000, while: .greeting), "timeout after 10 s while waiting for the greeting"),
        (.timeout(10_000, while: .firstByte), "timeout after 10 s while waiting for the first byte"),
        (.timeout(10_000, while: .headers), "timeout after 10 s while reading the headers"),
        (.timeout(90_000, while: .body), "timeout after 1 min 30 s while reading the body"),
    ]

    private static let connections: [(cause: Cause, words: String)] = [
        (.connection(.refused), "connection refused"),
        (.connection(.noRoute), "no route to host"),
        (.connection(.unreachableNetwork), "network unreachable, says a router on the way"),
        (.connection(.forbidden), "connection forbidden, says a router or a firewall on the way"),
        (.connection(.timedOut), "connection attempt timed out"),
        (.connection(.reset), "connection reset"),
        (.connection(.resetBeforeAnswer), "connection reset before an answer"),
        (.connection(.resetWithinAnswer), "connection reset within the answer"),
        (.connection(.closedBeforeAnswer), "connection closed before an answer"),
        (.connection(.closedWithinAnswer), "connection closed before the end of the answer"),
        (.tlsNotAgreed("no protocols available"), "TLS was not agreed: no protocols available"),
        (
            .atAddress("192.0.2.7", of: 3, .connection(.refused)),
            "at 192.0.2.7, one of 3 addresses: connection refused"
        ),
    ]

    private static let certificates: [(cause: Cause, words: String)] = [
        (.certificate(.expired(since: nil, issuer: false)), "certificate expired"),
        (.certificate(.expired(since: 0, issuer: false)), "certificate expired 0 minutes ago"),
        (.certificate(.expired(since: 119_999, issuer: false)), "certificate expired 1 minute ago"),
        (.certificate(.expired(since: 7_199_999, issuer: true)), "issuer's certificate expired 119 minutes ago"),
        (.certificate(.expired(since: 7_200_000, issuer: true)), "issuer's certificate expired 2 hours ago"),
        (.certificate(.expired(since: 172_799_999, issuer: false)), "certificate expired 47 hours ago"),
        (.certificate(.expired(since: 3 * 86_400_000, issuer: false)), "certificate expired 3 days ago"),
        (.certificate(.notYetValid(wait: nil, issuer: false)), "certificate is not valid yet"),
        (.certificate(.notYetValid(wait: 18_000_000, issuer: false)), "certificate is valid only in 5 hours"),
        (.certificate(.notYetValid(wait: 60_000, issuer: true)), "issuer's certificate is valid only in 1 minute"),
        (.certificate(.otherNames(host: "acme.example")), "certificate is for other names than acme.example"),
        (.certificate(.notTrusted("self-signed")), "certificate is not trusted: self-signed"),
        (.certificate(.unreadable), "certificate could not be read"),
        (.certificate(.endsSoon(days: 20, least: 30)), "certificate is valid for 20 days, at least 30 expected"),
        (.certificate(.endsSoon(days: 1, least: 30)), "certificate is valid for 1 day, at least 30 expected"),
    ]

    private static let redirects: [(cause: Cause, words: String)] = [
        (.redirect(.host("a..b")), "redirect to \"a..b\", which is not a host name"),
        (.redirect(.url("http://h:99999/")), "redirect to \"http://h:99999/\", which is no URL"),
        (.redirect(.scheme("ftp://h/")), "redirect to \"ftp://h/\", which is not http or https"),
        (
            .redirect(.address("10.0.0.1")),
            "redirect to 10.0.0.1, which probing.allow_addresses does not allow"
        ),
        (.redirect(.tooMany(1)), "more than 1 redirect"),
        (.redirect(.tooMany(5)), "more than 5 redirects"),
        (.behindRedirect(url: "https://h/b", .connection(.refused)), "at https://h/b: connection refused"),
        (
            .behindRedirect(url: "https://h/b", .unexpected(.status(503, expected: [200...399]))),
            "at https://h/b: status 503, expected 200-399"
        ),
    ]

    private static let answers: [(cause: Cause, words: String)] = [
        (.notProtocol("SMTP", "Weird server reply"), "answer is not SMTP: Weird server reply"),
        (.greetingRefuses("SMTP", "554 no service"), "SMTP server refuses: 554 no service"),
        (.damagedBody("incorrect header check"), "compressed body is damaged: incorrect header check"),
        (.excess(.tls), "TLS sends without end"),
        (.excess(.greeting), "greeting is too long"),
        (.excess(.headers), "headers are too long"),
        (.excess(.encodings), "answer is compressed too many times"),
        (.excess(.framing), "too much around the body: chunk framing, compression or TLS without content"),
        (.unexpected(.status(503, expected: [200...399])), "status 503, expected 200-399"),
        (.unexpected(.status(500, expected: [200...200, 301...302])), "status 500, expected 200, 301-302"),
        (.unexpected(.headerMissing("X-A")), "header X-A is missing"),
        (
            .unexpected(.header("X-A", value: "say \"b\"", pattern: "^a$")),
            "header X-A is \"say \"b\"\", expected to match \"^a$\""
        ),
        (.unexpected(.bodyLacks("Chào")), "body does not contain \"Chào\""),
        (.unexpected(.bodyContains("error")), "body contains \"error\""),
        (.unexpected(.bodyMismatch(pattern: "ok$")), "body does not match \"ok$\""),
        (.unexpected(.latency(900, most: 500)), "latency 900 ms, at most 500 ms"),
        (
            .undecided(.text("Acme", first: 1 << 20)),
            "\"Acme\" is not in the first 1 MiB of the body; what follows was not read (body_limit)"
        ),
        (
            .undecided(.pattern("^ok$", first: 1000)),
            "a match of \"^ok$\" is not in the first 1000 B of the body; what follows was not read (body_limit)"
        ),
        (
            .undecided(.textBeforeBreak("Acme", first: 12 << 10)),
            "\"Acme\" is not in the first 12 KiB of the body; its compression breaks off there, before its end"
        ),
        (
            .undecided(.patternBeforeBreak("^ok$", first: 0)),
            "a match of \"^ok$\" is not in the first 0 B of the body; its compression breaks off there, before its end"
        ),
        (.noAnswer, "no answer as expected"),
    ]

    private static let others: [(cause: Cause, words: String)] = [
        (.library("Out of memory"), "Out of memory"),
        (.text("sai, \"tổng\" 🙂"), "sai, \"tổng\" 🙂"),
        (.text(""), ""),
    ]
}
