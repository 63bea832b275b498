import Foundation

/// A coding of a body that is undone (RFC 9110 §8.4.1).
enum ContentCoding: Hashable, CaseIterable {
    case gzip, deflate, brotli, zstandard

    /// What requests say is understood.
    static let accepted = "gzip, deflate, br, zstd"

    /// The coding that servers call `name`; nil where it is none.
    init?(_ name: some StringProtocol) {
        switch name.lowercased() {
        case "gzip", "x-gzip": self = .gzip
        case "deflate": self = .deflate
        case "br": self = .brotli
        case "zstd": self = .zstandard
        default: return nil
        }
    }

    /// What undoes it, where the coded bytes begin with `first`.
    func stream(beginningWith first: UInt8) -> any CodingStream {
        switch self {
        // Some servers say gzip and send the other container of the same.
        case .gzip: InflateStream(.automatic, name: "gzip")
        // Many servers send it without its container, which begins with a byte that no encoder begins the rest with.
        case .deflate: InflateStream(first & 0x8F == 0x08 ? .zlib : .none, name: "deflate")
        case .brotli: BrotliStream()
        case .zstandard: ZstandardStream()
        }
    }
}

/// The codings that an answer says its body has.
struct AnswerCodings: Hashable {
    /// The most that are undone one inside the other: an application's, and a proxy's around it.
    static let most = 2

    /// Those that are undone, the outermost first.
    let layers: [ContentCoding]
    /// Whether it names anything else besides, which is no coding: browsers pass that over, or take the body as it comes.
    let namesOthers: Bool

    /// - Parameters:
    ///   - content: all values of `Content-Encoding`, separated by commas, in the order in which they came.
    ///   - transfer: likewise of `Transfer-Encoding`, whose codings are around the others; `chunked` is libcurl's.
    init(content: String, transfer: String) {
        let named = Self.names(content) + Self.names(transfer).filter { $0.lowercased() != "chunked" }
        let codings = named.map(ContentCoding.init)
        layers = codings.compactMap(\.self).reversed()
        namesOthers = codings.contains(nil)
    }

    /// The names in `value` but for those that say that there is no coding.
    private static func names(_ value: String) -> [String] {
        value.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !["", "identity", "none"].contains($0.lowercased()) }
    }
}
