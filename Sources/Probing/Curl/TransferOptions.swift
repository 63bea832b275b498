import CLibcurl
import SLA

/// Everything libcurl is told of one transfer. A handle that was reset has libcurl's defaults again, so what
/// must hold is said each time.
struct TransferOptions {
    let easy: EasyHandle
    let plan: TransferPlan
    let settings: TransferSettings

    /// Sets the options; returns the lists that must live as long as the transfer.
    func apply() throws(EasyHandle.Refusal) -> [HeaderList] {
        var lists = [try pin()]
        try freshness()
        try tls()
        if plan.purpose == .probe, plan.specification.scheme.isHTTP {
            lists.append(try http())
        } else {
            // Up to the greeting, for the protocols that have one, and not a byte further.
            try easy.set(CURLOPT_CONNECT_ONLY, true)
        }
        return lists
    }

    /// To this address, by this protocol.
    private func pin() throws(EasyHandle.Refusal) -> HeaderList {
        let target = HeaderList(["::\(plan.address.inURL):\(plan.url.port)"])
        try easy.set(CURLOPT_URL, plan.url.text)
        try easy.set(CURLOPT_PROTOCOLS_STR, plan.url.scheme)
        try easy.set(CURLOPT_CONNECT_TO, target)
        try easy.set(CURLOPT_FOLLOWLOCATION, false)
        // The engine ends what takes too long, by a clock that stands still while the monitor does. libcurl's own
        // limits, for the connection and for a mail server's greeting, must never be the shorter ones.
        try easy.set(CURLOPT_CONNECTTIMEOUT_MS, Int(Int32.max))
        try easy.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, Int(Int32.max) / 1000)
        return target
    }

    /// Nothing kept from before and nothing taken from the environment.
    private func freshness() throws(EasyHandle.Refusal) {
        try easy.set(CURLOPT_FRESH_CONNECT, true)
        try easy.set(CURLOPT_FORBID_REUSE, true)
        try easy.set(CURLOPT_DNS_CACHE_TIMEOUT, 0)
        try easy.set(CURLOPT_SSL_SESSIONID_CACHE, false)
        try easy.set(CURLOPT_NOSIGNAL, true)
        try easy.set(CURLOPT_PROXY, "")
        try easy.set(CURLOPT_NETRC, 0)
        try easy.set(CURLOPT_NOPROGRESS, true)
    }

    private func tls() throws(EasyHandle.Refusal) {
        guard plan.url.isTLS else { return }
        // With a CAPATH, which Debian builds in, libcurl reads the CA file anew for every transfer.
        try easy.set(CURLOPT_CAPATH, nil)
        try easy.set(CURLOPT_CAINFO, settings.caFile)
        try easy.set(CURLOPT_SSL_VERIFYPEER, plan.purpose == .probe ? 1 : 0)
        try easy.set(CURLOPT_SSL_VERIFYHOST, plan.purpose == .probe ? 2 : 0)
        try easy.set(CURLOPT_CERTINFO, plan.wantsCertificate)
        // As browsers have it: no key exchange over a field that the server chooses, which may take a second of ours
        // for each handshake.
        try easy.set(CURLOPT_SSL_CIPHER_LIST, "DEFAULT:!kDHE")
        try easy.set(CURLOPT_SSL_EC_CURVES, "X25519:P-256:X448:P-521:P-384")
    }

    private func http() throws(EasyHandle.Refusal) -> HeaderList {
        let specification = plan.specification
        try easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        try easy.set(CURLOPT_ACCEPT_ENCODING, "")
        try easy.set(CURLOPT_USERAGENT, settings.userAgent)
        var lines = try headerLines()
        if plan.sendsBody, let body = specification.body {
            try easy.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.utf8.count)
            try easy.set(CURLOPT_COPYPOSTFIELDS, body)
            // Without these libcurl would claim a form, and wait for a 100 that few servers send.
            if !names("content-type") { lines.append("Content-Type:") }
            lines.append("Expect:")
            try easy.set(CURLOPT_CUSTOMREQUEST, plan.method)
        } else if plan.method == "HEAD" {
            try easy.set(CURLOPT_NOBODY, true)
        } else if plan.method != "GET" {
            try easy.set(CURLOPT_CUSTOMREQUEST, plan.method)
        }
        if plan.sendsCredentials { try credentials() }
        let list = HeaderList(lines)
        try easy.set(CURLOPT_HTTPHEADER, list)
        return list
    }

    private func credentials() throws(EasyHandle.Refusal) {
        switch plan.specification.authentication {
        case .none:
            break
        case .basic(let user, let password):
            try easy.set(CURLOPT_HTTPAUTH, 1 << 0)  // CURLAUTH_BASIC, a macro Swift does not see
            try easy.set(CURLOPT_USERNAME, user)
            try easy.set(CURLOPT_PASSWORD, password.reveal())
        case .bearer(let token):
            try easy.set(CURLOPT_HTTPAUTH, 1 << 6)  // CURLAUTH_BEARER
            try easy.set(CURLOPT_XOAUTH2_BEARER, token.reveal())
        }
    }

    /// The specification's headers; those that say who we are go only where the credentials go.
    private func headerLines() throws(EasyHandle.Refusal) -> [String] {
        let personal: Set<String> = ["authorization", "cookie", "host", "proxy-authorization"]
        var lines: [String] = []
        for header in plan.specification.headers {
            let isPersonal = header.isConfidential || personal.contains(header.name.lowercased())
            if !plan.sendsCredentials, isPersonal { continue }
            let value = header.value.reveal()
            let line = value.isEmpty ? "\(header.name);" : "\(header.name): \(value)"
            guard !header.name.isEmpty, !line.unicodeScalars.contains(where: { $0.value < 0x20 && $0.value != 9 })
            else { throw EasyHandle.Refusal(reason: "the header \(header.name) holds a control character") }
            lines.append(line)
        }
        return lines
    }

    private func names(_ header: String) -> Bool {
        plan.specification.headers.contains { $0.name.lowercased() == header }
    }
}
