import CLibcurl

/// An option of a transfer, by the kind of value that it takes: one of another kind does not compile.
public struct EasyOption<Value>: Sendable {
    let code: CURLoption
}

extension EasyOption where Value == String {
    /// The URL that is asked for.
    public static var url: Self { Self(code: CURLOPT_URL) }
    /// The only schemes that may be spoken, as `smtp,smtps`.
    public static var protocols: Self { Self(code: CURLOPT_PROTOCOLS_STR) }
    /// The HTTP method, where it is not the one that follows from the rest.
    public static var customRequest: Self { Self(code: CURLOPT_CUSTOMREQUEST) }
    /// How we name ourselves to HTTP servers.
    public static var userAgent: Self { Self(code: CURLOPT_USERAGENT) }
    /// A file of cookies that are read; the empty text only has cookies understood.
    static var cookieFile: Self { Self(code: CURLOPT_COOKIEFILE) }
    /// A value of `Cookie` that is sent beside those of a ``CookieJar``, as `a=b; c=d`.
    public static var cookie: Self { Self(code: CURLOPT_COOKIE) }
    /// Who logs in.
    public static var username: Self { Self(code: CURLOPT_USERNAME) }
    /// The user's password.
    public static var password: Self { Self(code: CURLOPT_PASSWORD) }
    /// The token of ``HTTPAuthentication/bearer``.
    public static var bearerToken: Self { Self(code: CURLOPT_XOAUTH2_BEARER) }
    /// The ciphers of TLS up to 1.2, in OpenSSL's form.
    public static var cipherList: Self { Self(code: CURLOPT_SSL_CIPHER_LIST) }
    /// The curves of key exchanges, in OpenSSL's form.
    public static var ellipticCurves: Self { Self(code: CURLOPT_SSL_EC_CURVES) }
    /// The sender of a message, in angle brackets.
    public static var mailFrom: Self { Self(code: CURLOPT_MAIL_FROM) }
    static var caFile: Self { Self(code: CURLOPT_CAINFO) }
    static var caDirectory: Self { Self(code: CURLOPT_CAPATH) }
    static var proxy: Self { Self(code: CURLOPT_PROXY) }
    static var copiedPostFields: Self { Self(code: CURLOPT_COPYPOSTFIELDS) }
}

extension EasyOption where Value == [String] {
    /// Where connections go instead, each as `HOST:PORT:TO-HOST:TO-PORT`.
    public static var connectTo: Self { Self(code: CURLOPT_CONNECT_TO) }
    /// Headers of a request, each as `Name: value`; `Name:` takes one of libcurl's own out.
    public static var httpHeaders: Self { Self(code: CURLOPT_HTTPHEADER) }
    /// Who gets a message, each in angle brackets.
    public static var mailRecipients: Self { Self(code: CURLOPT_MAIL_RCPT) }
}

extension EasyOption where Value == Bool {
    /// Whether redirects are followed.
    public static var followLocation: Self { Self(code: CURLOPT_FOLLOWLOCATION) }
    /// Whether nothing is asked once the connection stands, greeting included.
    public static var connectOnly: Self { Self(code: CURLOPT_CONNECT_ONLY) }
    /// Whether a connection of its own is made, where another could be used again.
    public static var freshConnect: Self { Self(code: CURLOPT_FRESH_CONNECT) }
    /// Whether TLS sessions are kept and resumed.
    public static var sessionCache: Self { Self(code: CURLOPT_SSL_SESSIONID_CACHE) }
    /// Whether the certificates of the server are kept for ``EasyHandle/certificateFields()``.
    public static var certificateInfo: Self { Self(code: CURLOPT_CERTINFO) }
    /// Whether the codings of a body are undone, as far as libcurl knows them.
    public static var contentDecoding: Self { Self(code: CURLOPT_HTTP_CONTENT_DECODING) }
    /// Whether a request is HEAD.
    public static var noBody: Self { Self(code: CURLOPT_NOBODY) }
    /// Whether what ``EasyHandle/onUpload(_:)`` gives is sent.
    public static var upload: Self { Self(code: CURLOPT_UPLOAD) }
    static var verbose: Self { Self(code: CURLOPT_VERBOSE) }
    static var forbidReuse: Self { Self(code: CURLOPT_FORBID_REUSE) }
    static var noSignal: Self { Self(code: CURLOPT_NOSIGNAL) }
    static var noProgress: Self { Self(code: CURLOPT_NOPROGRESS) }
    static var netrc: Self { Self(code: CURLOPT_NETRC) }
}

extension EasyOption where Value == Int {
    /// How long a transfer may take in all, in ms.
    public static var timeoutMilliseconds: Self { Self(code: CURLOPT_TIMEOUT_MS) }
    /// How long a connection may take to stand, in ms.
    public static var connectTimeoutMilliseconds: Self { Self(code: CURLOPT_CONNECTTIMEOUT_MS) }
    /// How long a server may take for each answer of its protocol, in s.
    public static var responseTimeoutSeconds: Self { Self(code: CURLOPT_SERVER_RESPONSE_TIMEOUT) }
    /// How long the addresses of a name are kept, in s.
    public static var dnsCacheSeconds: Self { Self(code: CURLOPT_DNS_CACHE_TIMEOUT) }
    static var verifyPeer: Self { Self(code: CURLOPT_SSL_VERIFYPEER) }
    static var verifyHost: Self { Self(code: CURLOPT_SSL_VERIFYHOST) }
}

extension EasyOption where Value == Int64 {
    static var postFieldsSize: Self { Self(code: CURLOPT_POSTFIELDSIZE_LARGE) }
}
