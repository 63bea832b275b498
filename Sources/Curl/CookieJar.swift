import CLibcurl

/// The cookies of a few transfers of one kind, kept by libcurl's own engine, which knows for which hosts, paths and
/// schemes each is, and forgotten with this object. Not to be used from two threads at once.
///
/// The transfers that use it hold it, and let go of libcurl's share before they do of it: so it is nobody's when it is
/// freed.
public final class CookieJar {
    let pointer: OpaquePointer

    /// An empty jar; nil where libcurl has no memory for one.
    public init?() {
        guard CurlLibrary.isReady, let pointer = curl_share_init() else { return nil }
        self.pointer = pointer
        guard availd_share_cookies(pointer) == CURLSHE_OK else {
            curl_share_cleanup(pointer)
            return nil
        }
    }

    deinit {
        curl_share_cleanup(pointer)
    }
}
