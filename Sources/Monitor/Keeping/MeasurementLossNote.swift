import SLA
import Synchronization

/// Remembers, beside a ledger that takes nothing, that its loss is announced: so that a restart neither announces it
/// again nor forgets to announce its end; and where a kill came between the line and its note, that the line is repeated
/// as it was.
///
/// The file is made while there is room, and is of one size for ever: writing over it needs none.
final class MeasurementLossNote: Sendable {
    /// A loss that is not in the ledger yet.
    struct Loss: Hashable {
        var alert: Alert
        /// Whether its line is written, and not only about to be.
        var isAnnounced: Bool
    }

    private static let name = "measurement-lost"
    private static let size = 512
    private let paths: [String]
    private let files: Mutex<[KeptFile]>

    /// The note in `places`, made where it is missing.
    ///
    /// - Parameter isMade: whether it is made beside the ledger, too.
    init(_ places: KeepingPlaces, isMade: Bool = true) {
        paths = places.paths(of: Self.name, isMade: isMade)
        files = Mutex(
            paths.map { path in
                var file = KeptFile(path)
                if file.read(1, at: 0).isEmpty { _ = file.write(Self.bytes(""), at: 0) }
                return file
            })
    }

    deinit {
        files.withLock { files in
            for place in files.indices { files[place].close() }
        }
    }

    /// The announcement that is not in the ledger yet, if there is one: the latest, where there are several.
    func read() -> Loss? {
        // A disk that takes nothing may be read all the same.
        let texts = files.withLock { files in
            zip(files, paths).map { $0.isOpen ? $0.read(Self.size, at: 0) : KeptFile.beginning(Self.size, of: $1) }
        }
        return texts.compactMap(Self.loss).max { first, second in
            first.alert.at == second.alert.at
                ? !first.isAnnounced && second.isAnnounced : first.alert.at < second.alert.at
        }
    }

    private static func loss(_ bytes: [UInt8]) -> Loss? {
        guard let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first else { return nil }
        let words = line.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count > 0, let at = Int64(words[0]) else { return nil }
        let reason = words.count > 2 ? words[2] : "announced before a restart"
        return Loss(
            alert: MeasurementLoss.ledger(reason).alert(at: Instant(milliseconds: at)),
            isAnnounced: words.count < 2 || words[1] != "announcing")
    }

    /// `alert`, which is not in the ledger, is about to be announced, or was.
    func note(_ alert: Alert, isAnnounced: Bool) {
        var reason = ""
        if case .text(let text)? = alert["reason"] { reason = text.onOneLine }
        let state = isAnnounced ? "announced" : "announcing"
        write("\(alert.at.milliseconds) \(state) \(reason)")
    }

    /// It is in the ledger now.
    func clear() {
        if read() == nil { return }
        files.withLock { files in
            for place in files.indices { Self.write("", to: &files[place]) }
        }
    }

    /// In the first file that takes it. Where none does, a restart may announce the loss once more, and does not know
    /// that it is to announce its end: there is nothing better to do about it.
    private func write(_ text: String) {
        files.withLock { files in
            for place in files.indices where Self.write(text, to: &files[place]) { return }
        }
    }

    @discardableResult
    private static func write(_ text: String, to file: inout KeptFile) -> Bool {
        _ = file.restore()
        return file.write(bytes(text), at: 0)
    }

    private static func bytes(_ text: String) -> [UInt8] {
        // Cut between characters.
        var line = ""
        for character in text where line.utf8.count + character.utf8.count < size { line.append(character) }
        return Array(line.utf8) + [UInt8](repeating: UInt8(ascii: "\n"), count: size - line.utf8.count)
    }
}
