import CLibcurl

/// One transfer at a time in libcurl's hands, with typed options. It is used again after ``reset()``, which keeps its
/// memory and its open connections but nothing of the transfer.
///
/// It owns what libcurl holds addresses of: the buffer of its message, the lists, and what it calls back. They are given
/// to nobody else and freed only once `curl_easy_cleanup` or `curl_easy_reset` has returned, so every such address is
/// good. Not to be used from two threads at once.
public final class EasyHandle {
    let pointer: OpaquePointer
    let callbacks = EasyCallbacks()
    private var lists: [StringList] = []
    private var jar: CookieJar?
    // CURL_ERROR_SIZE bytes, as CURLOPT_ERRORBUFFER asks for.
    private let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    /// A handle; nil where libcurl has no memory for one.
    public init?() {
        guard CurlLibrary.isReady, let pointer = curl_easy_init() else {
            buffer.deallocate()
            return nil
        }
        self.pointer = pointer
        buffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        keepMessage()
    }

    deinit {
        leaveJar()
        // It may still write its message and call back while it says goodbye.
        curl_easy_cleanup(pointer)
        buffer.deallocate()
    }

    /// Forgets all options, callbacks and the last message.
    public func reset() {
        leaveJar()
        curl_easy_reset(pointer)
        callbacks.clear()
        lists.removeAll()
        buffer.pointee = 0
        keepMessage()
    }

    /// Reads cookies from `jar` and adds those that servers set to it; the handle is not in use.
    public func share(_ jar: CookieJar) throws(CurlRefusal) {
        leaveJar()
        try check(availd_easy_set_share(pointer, jar.pointer))
        self.jar = jar
        try set(.cookieFile, "")
    }

    private func leaveJar() {
        guard jar != nil else { return }
        // It only takes the share out of the handle.
        availd_easy_set_share(pointer, nil)
        jar = nil
    }

    private func keepMessage() {
        // It cannot fail: libcurl only takes the address.
        availd_easy_set_pointer(pointer, CURLOPT_ERRORBUFFER, buffer)
    }

    /// Transfers, and returns when that is over.
    public func perform() -> CurlCode {
        CurlCode(curl_easy_perform(pointer))
    }

    /// What libcurl says of what went wrong; empty where it says nothing.
    public var message: String { String(cString: buffer) }

    /// Takes `value`, or takes the option back where that is nil.
    public func set(_ option: EasyOption<String>, _ value: String?) throws(CurlRefusal) {
        try check(availd_easy_set_string(pointer, option.code, value))
    }

    /// Takes `value`.
    public func set(_ option: EasyOption<[String]>, _ value: [String]) throws(CurlRefusal) {
        guard let list = StringList(value) else { throw .outOfMemory }
        lists.append(list)
        try check(availd_easy_set_list(pointer, option.code, list.head))
    }

    /// Takes `value`.
    public func set(_ option: EasyOption<Bool>, _ value: Bool) throws(CurlRefusal) {
        try check(availd_easy_set_long(pointer, option.code, value ? 1 : 0))
    }

    /// Takes `value`.
    public func set(_ option: EasyOption<Int>, _ value: Int) throws(CurlRefusal) {
        try check(availd_easy_set_long(pointer, option.code, value))
    }

    /// Takes `value`.
    public func set<Choice: OptionChoice>(_ option: EasyOption<Choice>, _ value: Choice) throws(CurlRefusal) {
        try check(availd_easy_set_long(pointer, option.code, value.number))
    }

    /// Has requests carry `text` in UTF-8: they are POST unless ``EasyOption/customRequest`` says otherwise.
    public func setBody(_ text: String) throws(CurlRefusal) {
        // The size comes first, for libcurl copies as many bytes.
        try check(availd_easy_set_offset(pointer, EasyOption.postFieldsSize.code, curl_off_t(text.utf8.count)))
        try set(.copiedPostFields, text)
    }

    /// Takes nothing from the environment: no proxy, no `.netrc`, no signals, no output.
    public func isolate() throws(CurlRefusal) {
        try set(.proxy, "")
        try set(.netrc, false)
        try set(.noSignal, true)
        try set(.noProgress, true)
    }

    func check(_ code: CURLcode) throws(CurlRefusal) {
        guard code == CURLE_OK else { throw CurlRefusal(reason: CurlCode(code).description) }
    }
}
