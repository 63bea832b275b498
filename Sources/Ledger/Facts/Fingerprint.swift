import Crypto
import SLA

/// SHA-256, fed piece by piece: what proves that bytes are those that were kept.
public struct Fingerprint {
    private var hash = SHA256()

    /// Of nothing yet.
    public init() {}

    /// Goes on with `bytes`.
    public mutating func add(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }

    /// The digest of what was added, in 64 hexadecimal digits.
    public var text: String {
        Digits.hexadecimal(hash.finalize())
    }

    /// The digest of `bytes`.
    public static func text(of bytes: [UInt8]) -> String {
        var fingerprint = Fingerprint()
        fingerprint.add(bytes)
        return fingerprint.text
    }

    /// The digest of `text` in UTF-8.
    public static func text(of text: String) -> String { self.text(of: Array(text.utf8)) }

    /// The digest of `samples`, as ``KeptSeries/line(_:)`` writes each.
    public static func text(of samples: PackedSamples) -> String {
        var fingerprint = Fingerprint()
        var lines: [UInt8] = []
        for sample in samples {
            lines.append(contentsOf: KeptSeries.line(sample).utf8)
            if lines.count > 60_000 {
                fingerprint.add(lines)
                lines.removeAll(keepingCapacity: true)
            }
        }
        fingerprint.add(lines)
        return fingerprint.text
    }
}
