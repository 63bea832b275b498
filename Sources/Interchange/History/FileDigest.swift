import Crypto
import SLA

/// The SHA-256 by which an import names the file that it was made of: `sha256sum` gives the same.
enum FileDigest {
    /// The digest of `bytes`, in 64 hexadecimal digits.
    static func text(of bytes: UnsafeRawBufferPointer) -> String {
        var hash = SHA256()
        hash.update(bufferPointer: bytes)
        return Digits.hexadecimal(hash.finalize())
    }
}
