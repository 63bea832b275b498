import CLibcurl

/// What libcurl tells of a transfer, while it goes on and once it is over.
extension EasyHandle {
    /// The last status of the protocol: HTTP's, SMTP's; 0 where there was none.
    public var responseCode: Int { long(CURLINFO_RESPONSE_CODE) }

    /// The `errno` of the connection; 0 where there was none.
    public var systemError: Int32 { Int32(truncatingIfNeeded: long(CURLINFO_OS_ERRNO)) }

    /// The X509_V_ERR of the server's chain; 0 where it was accepted.
    public var verifyResult: Int { long(CURLINFO_SSL_VERIFYRESULT) }

    /// When TLS was agreed, in µs from the beginning; 0 where it never was.
    public var tlsMicroseconds: Int64 { offset(CURLINFO_APPCONNECT_TIME_T) }

    /// When the first byte of the answer came, in µs from the beginning; 0 where none did.
    public var firstByteMicroseconds: Int64 { offset(CURLINFO_STARTTRANSFER_TIME_T) }

    /// How long it took in all, in µs.
    public var totalMicroseconds: Int64 { offset(CURLINFO_TOTAL_TIME_T) }

    /// The chain the server showed, its own certificate first: each a list of `Name:value`.
    public func certificateFields() -> [[String]] {
        var info: UnsafeMutablePointer<curl_certinfo>?
        guard availd_easy_get_certificates(pointer, &info) == CURLE_OK, let info, let chain = info.pointee.certinfo
        else { return [] }
        // libcurl keeps the lists until the handle is reset; they are copied here.
        return (0..<Int(info.pointee.num_of_certs)).map { index in
            var fields: [String] = []
            var node = chain[index]
            while let current = node {
                if let data = current.pointee.data { fields.append(String(cString: data)) }
                node = current.pointee.next
            }
            return fields
        }
    }

    private func long(_ info: CURLINFO) -> Int {
        var value = 0
        return availd_easy_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    private func offset(_ info: CURLINFO) -> Int64 {
        var value: curl_off_t = 0
        return availd_easy_get_offset(pointer, info, &value) == CURLE_OK ? Int64(value) : 0
    }
}
