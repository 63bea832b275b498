/// Which certificates are trusted, and what a server's must be.
extension EasyHandle {
    /// The authorities that Debian trusts, in one file.
    public static let systemAuthorities = "/etc/ssl/certs/ca-certificates.crt"

    /// Trusts the authorities in the PEM file at `path`, and no others.
    public func trust(_ path: String) throws(CurlRefusal) {
        // Debian builds a directory in as well: what is in there would be trusted beside the file, and libcurl would
        // read the file anew for every transfer.
        try set(.caDirectory, nil)
        try set(.caFile, path)
    }

    /// Whether a server's certificate must be of a trusted authority, and of the name that is asked for.
    public func verifyServer(_ isVerified: Bool) throws(CurlRefusal) {
        try set(.verifyPeer, isVerified ? 1 : 0)
        try set(.verifyHost, isVerified ? 2 : 0)
    }
}
