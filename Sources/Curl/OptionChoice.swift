import CLibcurl

/// A value out of the few that an option takes.
public protocol OptionChoice: Sendable {
    /// libcurl's number for it.
    var number: Int { get }
}

/// The version of HTTP that is spoken.
public enum HTTPVersion: OptionChoice {
    /// HTTP/1.1.
    case http11

    /// libcurl's number for it.
    public var number: Int { Int(CURL_HTTP_VERSION_1_1) }
}

/// How we prove to an HTTP server who we are. libcurl's numbers are macros that Swift does not see.
public enum HTTPAuthentication: OptionChoice {
    /// With a user and a password: `CURLAUTH_BASIC`.
    case basic
    /// With a token: `CURLAUTH_BEARER`.
    case bearer

    /// libcurl's number for it.
    public var number: Int {
        switch self {
        case .basic: 1 << 0
        case .bearer: 1 << 6
        }
    }
}

/// Whether a connection that begins in the clear is encrypted by STARTTLS.
public enum StartTLS: OptionChoice {
    /// It is not.
    case never
    /// It is where the server offers it.
    case opportunistic
    /// It is, or the transfer fails.
    case required

    /// libcurl's number for it.
    public var number: Int {
        switch self {
        case .never: Int(CURLUSESSL_NONE.rawValue)
        case .opportunistic: Int(CURLUSESSL_TRY.rawValue)
        case .required: Int(CURLUSESSL_ALL.rawValue)
        }
    }
}

/// The lowest version of TLS that is accepted.
public enum MinimumTLS: OptionChoice {
    /// TLS 1.2.
    case tls12

    /// libcurl's number for it.
    public var number: Int { Int(CURL_SSLVERSION_TLSv1_2) }
}

extension EasyOption where Value == HTTPVersion {
    /// The version of HTTP that is spoken.
    public static var httpVersion: Self { Self(code: CURLOPT_HTTP_VERSION) }
}

extension EasyOption where Value == HTTPAuthentication {
    /// How we prove to an HTTP server who we are.
    public static var httpAuthentication: Self { Self(code: CURLOPT_HTTPAUTH) }
}

extension EasyOption where Value == StartTLS {
    /// Whether a connection that begins in the clear is encrypted.
    public static var startTLS: Self { Self(code: CURLOPT_USE_SSL) }
}

extension EasyOption where Value == MinimumTLS {
    /// The lowest version of TLS that is accepted.
    public static var minimumTLS: Self { Self(code: CURLOPT_SSLVERSION) }
}
