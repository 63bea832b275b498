import CLibcurl

/// What libcurl would not do: take an option, or make a handle.
public struct CurlRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why, in libcurl's words where it has some.
    public let reason: String

    /// A refusal for `reason`.
    public init(reason: String) {
        self.reason = reason
    }

    /// In a sentence without a full stop.
    public var description: String { "libcurl refused an option: \(reason)" }

    static let outOfMemory = CurlRefusal(reason: "out of memory")
}

/// libcurl itself, of which a process has one.
enum CurlLibrary {
    /// Whether it could be initialized; done once, before the first handle is made.
    static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}
