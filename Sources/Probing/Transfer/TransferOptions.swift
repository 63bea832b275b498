import Curl
import SLA

/// Everything libcurl is told of one transfer. A handle that was reset has libcurl's defaults again, so what
/// must hold is said each time.
struct TransferOptions {
    let easy: EasyHandle
    let plan: TransferPlan
    let settings: TransferSettings

    /// Sets the options.
    func apply() throws(CurlRefusal) {
        try pin()
        try freshness()
        try tls()
        if plan.isHTTP {
            try http()
        } else {
            // Up to the greeting, for the protocols that have one, and not a byte further.
            try easy.set(.connectOnly, true)
        }
    }

    /// To this address, by this protocol.
    private func pin() throws(CurlRefusal) {
        try easy.set(.url, plan.url.text)
        try easy.set(.protocols, plan.url.scheme)
        try easy.set(.connectTo, ["::\(plan.address.inURL):\(plan.url.port)"])
        try easy.set(.followLocation, false)
        // The engine ends what takes too long, by a clock that stands still while the monitor does. libcurl's own
        // limits, for TLS and for a mail server's greeting, must never be the shorter ones.
        try easy.set(.connectTimeoutMilliseconds, Int(Int32.max))
        try easy.set(.responseTimeoutSeconds, Int(Int32.max) / 1000)
    }

    /// Nothing kept from before and nothing taken from the environment; no connection is kept, as its sockets are ours.
    private func freshness() throws(CurlRefusal) {
        try easy.set(.freshConnect, true)
        try easy.set(.dnsCacheSeconds, 0)
        try easy.set(.sessionCache, false)
        try easy.isolate()
    }

    private func tls() throws(CurlRefusal) {
        guard plan.url.isTLS else { return }
        try easy.trust(settings.caFile)
        try easy.verifyServer(plan.purpose == .probe)
        try easy.set(.certificateInfo, plan.wantsCertificate)
        // As browsers have it: no key exchange over a field that the server chooses, which may take a second of ours
        // for each handshake.
        try easy.set(.cipherList, "DEFAULT:!kDHE")
        try easy.set(.ellipticCurves, "X25519:P-256:X448:P-521:P-384")
    }

    private func http() throws(CurlRefusal) {
        let specification = plan.specification
        try easy.set(.httpVersion, .http11)
        // libcurl does not tell a body that is compressed and cut from a whole one.
        try easy.set(.contentDecoding, false)
        try easy.set(.userAgent, settings.userAgent)
        var lines = try headerLines()
        if !names("accept-encoding") { lines.append("Accept-Encoding: \(ContentCoding.accepted)") }
        if plan.sendsBody, let body = specification.body {
            try easy.setBody(body)
            // Without these libcurl would claim a form, and wait for a 100 that few servers send.
            if !names("content-type") { lines.append("Content-Type:") }
            lines.append("Expect:")
            try easy.set(.customRequest, plan.method)
        } else if plan.method == "HEAD" {
            try easy.set(.noBody, true)
        } else if plan.method != "GET" {
            try easy.set(.customRequest, plan.method)
        }
        if plan.sendsCredentials { try credentials() }
        if let cookies = plan.cookies { try easy.share(cookies) }
        try easy.set(.httpHeaders, lines)
    }

    private func credentials() throws(CurlRefusal) {
        switch plan.specification.authentication {
        case .none:
            break
        case .basic(let user, let password):
            try easy.set(.httpAuthentication, .basic)
            try easy.set(.username, user)
            try easy.set(.password, password.reveal())
        case .bearer(let token):
            try easy.set(.httpAuthentication, .bearer)
            try easy.set(.bearerToken, token.reveal())
        }
    }

    /// The specification's headers; those that say who we are go only where the credentials go.
    private func headerLines() throws(CurlRefusal) -> [String] {
        let personal: Set<String> = ["authorization", "cookie", "host", "proxy-authorization"]
        var lines: [String] = []
        for header in plan.specification.headers {
            let isPersonal = header.isConfidential || personal.contains(header.name.lowercased())
            if !plan.sendsCredentials, isPersonal { continue }
            let value = header.value.reveal()
            if header.name.lowercased() == "cookie", plan.cookies != nil, !value.hasLineEnd {
                // In one header with those that the server has set.
                try easy.set(.cookie, value)
                continue
            }
            let line = value.isEmpty ? "\(header.name);" : "\(header.name): \(value)"
            guard !header.name.isEmpty, !line.hasLineEnd
            else { throw CurlRefusal(reason: "the header \(header.name) holds a control character") }
            lines.append(line)
        }
        return lines
    }

    private func names(_ header: String) -> Bool {
        plan.specification.headers.contains { $0.name.lowercased() == header }
    }
}

extension String {
    /// Whether a control character other than a tab is in it, which may end a header.
    fileprivate var hasLineEnd: Bool { unicodeScalars.contains { $0.value < 0x20 && $0.value != 9 } }
}
