import Curl
import SLA

extension CurlURL {
    /// The URL that `specification` asks for, or nil where it is none.
    init?(_ specification: ProbeSpecification) {
        if specification.scheme.isHTTP {
            self.init(specification.url)
        } else {
            // The path means nothing here. For bare TCP, libcurl stops at the connection, before any HTTP.
            let scheme = specification.scheme == .tcp ? "http" : specification.scheme.rawValue
            let host = specification.host.contains(":") ? "[\(specification.host)]" : specification.host
            self.init("\(scheme)://\(host):\(specification.port)/")
        }
    }
}
