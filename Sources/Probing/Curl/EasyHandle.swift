import CLibcurl

/// A libcurl easy handle with typed options. It is used again after ``reset()``, which keeps its memory but
/// nothing of the transfer.
final class EasyHandle {
    /// An option that libcurl refused.
    struct Refusal: Error, CustomStringConvertible {
        let reason: String
        var description: String { "libcurl refused an option: \(reason)" }
    }

    let pointer: OpaquePointer

    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
    }

    func reset() {
        curl_easy_reset(pointer)
    }

    func set(_ option: CURLoption, _ value: Int) throws(Refusal) {
        try check(availd_easy_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: Bool) throws(Refusal) {
        try set(option, value ? 1 : 0)
    }

    func set(_ option: CURLoption, offset value: Int) throws(Refusal) {
        try check(availd_easy_set_offset(pointer, option, curl_off_t(value)))
    }

    /// libcurl copies `value`; nil takes the option back.
    func set(_ option: CURLoption, _ value: String?) throws(Refusal) {
        try check(availd_easy_set_string(pointer, option, value))
    }

    func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) throws(Refusal) {
        try check(availd_easy_set_pointer(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: HeaderList) throws(Refusal) {
        try check(availd_easy_set_list(pointer, option, value.head))
    }

    func set(_ option: CURLoption, writer value: curl_write_callback) throws(Refusal) {
        try check(availd_easy_set_writer(pointer, option, value))
    }

    func set(opener value: curl_opensocket_callback) throws(Refusal) {
        try check(availd_easy_set_opener(pointer, value))
    }

    func set(closer value: curl_closesocket_callback) throws(Refusal) {
        try check(availd_easy_set_closer(pointer, value))
    }

    func set(debugger value: curl_debug_callback) throws(Refusal) {
        try check(availd_easy_set_debugger(pointer, value))
    }

    func long(_ info: CURLINFO) -> Int {
        var value = 0
        return availd_easy_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    /// A duration in µs; 0 where its phase was not reached.
    func microseconds(_ info: CURLINFO) -> Int64 {
        var value: curl_off_t = 0
        return availd_easy_get_offset(pointer, info, &value) == CURLE_OK ? Int64(value) : 0
    }

    func string(_ info: CURLINFO) -> String? {
        var value: UnsafePointer<CChar>?
        guard availd_easy_get_string(pointer, info, &value) == CURLE_OK, let value else { return nil }
        return String(cString: value)
    }

    /// The chain the server showed, its own certificate first: each a list of `Name:value`.
    func certificateFields() -> [[String]] {
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

    private func check(_ code: CURLcode) throws(Refusal) {
        guard code == CURLE_OK else { throw Refusal(reason: String(cString: curl_easy_strerror(code))) }
    }
}

/// A list of strings in libcurl's form, freed with this object.
final class HeaderList {
    private(set) var head: UnsafeMutablePointer<curl_slist>?

    /// `lines`, copied; what there is no memory for is missing.
    init(_ lines: [String]) {
        for line in lines {
            guard let longer = curl_slist_append(head, line) else { break }
            head = longer
        }
    }

    deinit {
        curl_slist_free_all(head)
    }
}
