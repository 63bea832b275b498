/// Why a probe did not find a service up, as it was found: words are made where they are shown.
///
/// It is kept with the sample as evidence. What a server says in it is bounded by ``Excerpt``.
public indirect enum Cause: Codable, Hashable, Sendable {
    // MARK: The monitor itself: nothing is known of the service

    /// The monitor was stopping.
    case monitorStopping
    /// The monitor stood still for so long, in ms, while it probed.
    case monitorStoodStill(Milliseconds)
    /// The monitor heard the answer late by so much, in ms.
    case monitorHeardLate(Milliseconds)
    /// The monitor was late, and missed so many due times.
    case monitorMissed(dueTimes: Int)
    /// The probe before was still waiting for its turn.
    case monitorCrowded
    /// This machine lacked something.
    case monitorLacked(Lack)
    /// The probe cannot be made as it is configured.
    case misconfigured(Misconfiguration)

    // MARK: The name

    /// The resolver's answer is that the name leads nowhere.
    case name(host: Excerpt, lacks: NameLack)
    /// None of our resolvers answers anything: `reason`, or nil where they were waited for `limit` ms in vain.
    case resolver(reason: Excerpt?, limit: Milliseconds)
    /// Our resolvers answer, but those who keep the name do not as they should.
    case nameServers(host: Excerpt, NameServerFault)

    // MARK: The way there, and the way back

    /// The probe's time, in ms, was up in that phase.
    case timeout(Milliseconds, while: Phase)
    /// The connection failed.
    case connection(ConnectionFault)
    /// TLS was not agreed, in the library's words.
    case tlsNotAgreed(Excerpt)
    /// A certificate is not accepted.
    case certificate(CertificateFault)
    /// A redirect is not followed.
    case redirect(RedirectFault)
    /// The same, of a hop behind a redirect to `url`.
    case behindRedirect(url: Excerpt, Cause)
    /// The same, of one address out of `count` that were probed.
    case atAddress(String, of: Int, Cause)

    // MARK: The answer

    /// The answer is none of the protocol: `protocol`'s name, and the library's words.
    case notProtocol(String, Excerpt)
    /// The server speaks the protocol, and refuses: `protocol`'s name, and what the server says.
    case greetingRefuses(String, Excerpt)
    /// The compressed body is damaged, in the library's words.
    case damagedBody(Excerpt)
    /// The server sends more than an answer needs.
    case excess(Excess)
    /// The answer is not as expected.
    case unexpected(Mismatch)
    /// What was read of the answer does not tell whether it is as expected.
    case undecided(Undecided)
    /// There was no answer as expected, and nobody knows more.
    case noAnswer

    // MARK: Other people's words

    /// In the words of a library, or of the system.
    case library(Excerpt)
    /// In the words of whoever recorded it: a person, another monitor, or an earlier version of this one.
    case text(String)
}

extension Cause {
    /// Whether the probe was cut off by the monitor's stop, at whatever hop.
    public var isMonitorStopping: Bool {
        switch self {
        case .monitorStopping: true
        case .behindRedirect(_, let cause), .atAddress(_, _, let cause): cause.isMonitorStopping
        default: false
        }
    }

    /// Whether it tells nothing of what the monitor can see, at whatever hop: the stop has cut the probe off, it cannot
    /// be made as it is configured, or the answer does not decide what was asked.
    var saysNothingOfSight: Bool {
        switch self {
        case .monitorStopping, .misconfigured, .undecided: true
        case .behindRedirect(_, let cause), .atAddress(_, _, let cause): cause.saysNothingOfSight
        default: false
        }
    }

    /// Whether it is that a reference lies in the provider's own networks.
    var isOwnAddress: Bool {
        if case .misconfigured(.ownAddress) = self { true } else { false }
    }

    /// What the probe was doing.
    public enum Phase: String, CaseIterable, Codable, Hashable, Sendable {
        case resolving, redirects, connecting, tls, greeting, firstByte, headers, body
    }

    /// What the machine of the monitor lacked.
    public enum Lack: String, CaseIterable, Codable, Hashable, Sendable {
        case descriptors, socketMemory, localPorts, route, addressFamily, permission
    }

    /// What of the configuration makes a probe impossible.
    public enum Misconfiguration: Codable, Hashable, Sendable {
        /// The URL cannot be asked.
        case url(Excerpt)
        /// The URL's host is no host name.
        case host(Excerpt)
        /// `probing.allow_addresses` does not allow the address.
        case address(String)
        /// A reference's address lies in `provider.networks`.
        case ownAddress(String)
        /// The pattern is not a regular expression.
        case pattern(Excerpt)
        /// The search for the pattern takes too long.
        case slowPattern(Excerpt)
        /// There is no room to hold the body in which to search for the pattern.
        case noRoom(pattern: Excerpt)
    }

    /// What a name lacks.
    public enum NameLack: String, CaseIterable, Codable, Hashable, Sendable {
        /// It does not exist.
        case existence
        case address
        case ipv4Address
        case ipv6Address
    }

    /// How those who keep a name fail to answer for it, as a resolver tells.
    public enum NameServerFault: String, CaseIterable, Codable, Hashable, Sendable {
        /// SERVFAIL: the resolver got no answer from them, or one that it cannot trust.
        case serverFailure
        case refused, notImplemented, formatError
        /// No answer came, while other names were answered.
        case silence
        /// What came is no answer.
        case malformed
    }

    /// How a connection failed.
    public enum ConnectionFault: String, CaseIterable, Codable, Hashable, Sendable {
        case refused, noRoute, timedOut, reset
        /// A router on the way says that it knows no way to the network.
        case unreachableNetwork
        /// A router or a firewall on the way says that it lets nobody through.
        case forbidden
        case resetBeforeAnswer, resetWithinAnswer
        case closedBeforeAnswer, closedWithinAnswer
    }

    /// Why a redirect is not followed.
    public enum RedirectFault: Codable, Hashable, Sendable {
        /// It leads to what is no host name.
        case host(Excerpt)
        /// It leads to what is no URL, by its port for one.
        case url(Excerpt)
        /// It leads to neither http nor https.
        case scheme(Excerpt)
        /// It leads to an address that `probing.allow_addresses` does not allow.
        case address(String)
        /// There are more than so many.
        case tooMany(Int)
    }

    /// What of an answer came in too great a number.
    public enum Excess: String, CaseIterable, Codable, Hashable, Sendable {
        /// Bytes or messages of TLS before, or between, those of the protocol inside it.
        case tls
        /// A greeting that does not end.
        case greeting
        /// Headers, or what stands before them.
        case headers
        /// Compressions of one body: each multiplies what the next must swallow.
        case encodings
        /// What stands around the body: chunk sizes and extensions, empty blocks of compression, records of TLS.
        case framing
    }
}
