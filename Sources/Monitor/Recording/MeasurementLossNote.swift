import Glibc
import SLA

/// Remembers, beside a ledger that takes nothing, that its loss was announced: so that a restart neither announces
/// it again nor forgets to announce its end.
///
/// The file is made while there is room, and is of one size for ever: writing over it needs none.
struct MeasurementLossNote: Sendable {
    private static let size = 64
    private let path: String

    /// The note in the state directory, made where it is missing.
    init(stateDirectory: String) {
        path = stateDirectory + "/measurement-lost"
        if access(path, F_OK) != 0 { write("", flags: O_CREAT) }
    }

    /// The announcement that is not in the ledger yet, if there is one.
    func read() -> Alert? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: Self.size)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        let digits = bytes.prefix(max(0, count)).prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
        return Int64(String(decoding: digits, as: UTF8.self)).map {
            MeasurementWatch.lost(
                .ledger, reason: "announced before a restart", at: Instant(milliseconds: $0))
        }
    }

    /// `alert` was announced, and is not in the ledger.
    func note(_ alert: Alert) { write("\(alert.at.milliseconds)") }

    /// It is in the ledger now.
    func clear() {
        if read() != nil { write("") }
    }

    /// Where this fails, a restart may announce the loss once more: there is nothing better to do about it.
    private func write(_ text: String, flags: Int32 = 0) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC | flags, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let padded = text + String(repeating: " ", count: Self.size - 1 - text.utf8.count) + "\n"
        if pwrite(descriptor, padded, Self.size, 0) == Self.size { fsync(descriptor) }
    }
}
