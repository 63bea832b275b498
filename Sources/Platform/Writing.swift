import Glibc

/// Writes all of `text` to a descriptor: through interruptions and short writes.
///
/// - Returns: 0, or the error number of the write that failed; what was written before it stays written.
public func writeFully(_ text: String, to descriptor: Int32) -> Int32 {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return errno }
        rest = rest.dropFirst(count)
    }
    return 0
}
