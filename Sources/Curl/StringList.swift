import CLibcurl

/// A list of strings in libcurl's form, freed with this object.
final class StringList {
    private(set) var head: UnsafeMutablePointer<curl_slist>?

    /// `lines`, copied; nil where there is no memory for one of them.
    init?(_ lines: [String]) {
        for line in lines {
            guard let longer = curl_slist_append(head, line) else { return nil }
            head = longer
        }
    }

    deinit {
        curl_slist_free_all(head)
    }
}
