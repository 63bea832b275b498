import CLibcurl

/// How a transfer ended, in libcurl's numbers.
public struct CurlCode: Hashable, Sendable, CustomStringConvertible {
    let code: CURLcode

    init(_ code: CURLcode) {
        self.code = code
    }

    /// libcurl's words for it, the same whatever happened.
    public var description: String { String(cString: curl_easy_strerror(code)) }

    /// `CURLE_OK`.
    public static let ok = CurlCode(CURLE_OK)
    /// `CURLE_ABORTED_BY_CALLBACK`.
    public static let abortedByCallback = CurlCode(CURLE_ABORTED_BY_CALLBACK)
    /// `CURLE_BAD_CONTENT_ENCODING`.
    public static let badContentEncoding = CurlCode(CURLE_BAD_CONTENT_ENCODING)
    /// `CURLE_BAD_FUNCTION_ARGUMENT`.
    public static let badFunctionArgument = CurlCode(CURLE_BAD_FUNCTION_ARGUMENT)
    /// `CURLE_SSL_CACERT_BADFILE`.
    public static let badTrustFile = CurlCode(CURLE_SSL_CACERT_BADFILE)
    /// `CURLE_COULDNT_CONNECT`.
    public static let couldNotConnect = CurlCode(CURLE_COULDNT_CONNECT)
    /// `CURLE_FAILED_INIT`.
    public static let failedInit = CurlCode(CURLE_FAILED_INIT)
    /// `CURLE_GOT_NOTHING`.
    public static let gotNothing = CurlCode(CURLE_GOT_NOTHING)
    /// `CURLE_OPERATION_TIMEDOUT`.
    public static let operationTimedOut = CurlCode(CURLE_OPERATION_TIMEDOUT)
    /// `CURLE_OUT_OF_MEMORY`.
    public static let outOfMemory = CurlCode(CURLE_OUT_OF_MEMORY)
    /// `CURLE_PARTIAL_FILE`.
    public static let partialFile = CurlCode(CURLE_PARTIAL_FILE)
    /// `CURLE_PEER_FAILED_VERIFICATION`.
    public static let peerFailedVerification = CurlCode(CURLE_PEER_FAILED_VERIFICATION)
    /// `CURLE_RECV_ERROR`.
    public static let receiveError = CurlCode(CURLE_RECV_ERROR)
    /// `CURLE_REMOTE_ACCESS_DENIED`.
    public static let remoteAccessDenied = CurlCode(CURLE_REMOTE_ACCESS_DENIED)
    /// `CURLE_SEND_ERROR`.
    public static let sendError = CurlCode(CURLE_SEND_ERROR)
    /// `CURLE_SSL_CONNECT_ERROR`.
    public static let tlsConnectError = CurlCode(CURLE_SSL_CONNECT_ERROR)
    /// `CURLE_SSL_ENGINE_INITFAILED`.
    public static let tlsEngineInitFailed = CurlCode(CURLE_SSL_ENGINE_INITFAILED)
    /// `CURLE_UNKNOWN_OPTION`.
    public static let unknownOption = CurlCode(CURLE_UNKNOWN_OPTION)
    /// `CURLE_UNSUPPORTED_PROTOCOL`.
    public static let unsupportedProtocol = CurlCode(CURLE_UNSUPPORTED_PROTOCOL)
    /// `CURLE_URL_MALFORMAT`.
    public static let urlMalformed = CurlCode(CURLE_URL_MALFORMAT)
    /// `CURLE_WEIRD_SERVER_REPLY`.
    public static let weirdServerReply = CurlCode(CURLE_WEIRD_SERVER_REPLY)
    /// `CURLE_WRITE_ERROR`.
    public static let writeError = CurlCode(CURLE_WRITE_ERROR)
}
