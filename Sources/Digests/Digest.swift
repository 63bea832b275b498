import SLA

import struct Crypto.SHA256

/// SHA-256, fed piece by piece: what proves that bytes are those that were kept, and names a file by what is in it.
/// `sha256sum` gives the same.
public struct Digest {
    private var hash = SHA256()

    /// Of nothing yet.
    public init() {}

    /// Goes on with `bytes`.
    public mutating func add(_ bytes: UnsafeRawBufferPointer) {
        hash.update(bufferPointer: bytes)
    }

    /// Goes on with `bytes`.
    public mutating func add(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { add($0) }
    }

    /// The digest of what was added, in 64 hexadecimal digits.
    public var text: String {
        Digits.hexadecimal(hash.finalize())
    }

    /// The digest of `bytes`.
    public static func text(of bytes: UnsafeRawBufferPointer) -> String {
        var digest = Digest()
        digest.add(bytes)
        return digest.text
    }

    /// The digest of `bytes`.
    public static func text(of bytes: [UInt8]) -> String {
        bytes.withUnsafeBytes { text(of: $0) }
    }

    /// The digest of `text` in UTF-8.
    public static func text(of text: String) -> String { self.text(of: Array(text.utf8)) }
}
