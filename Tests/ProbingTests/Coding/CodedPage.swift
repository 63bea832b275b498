import Foundation

@testable import Probing

/// A page in each coding, made by other programs: `gzip`, Python's zlib, Node's Brotli, `zstd --check`.
enum CodedPage {
    static let text = (0..<24).map { "<li>Dịch vụ \($0 * $0 * 7919 % 1000): OK</li>" }.joined()

    /// One that a server may send, and what it says of it.
    struct Sample: Sendable, CustomStringConvertible {
        let codings: String
        let bytes: [UInt8]
        /// Where it may end and be whole all the same: behind its first part.
        var firstEnd: Int?

        var description: String { "\(codings), \(bytes.count) bytes" }
    }

    static let samples = [
        Sample(codings: "gzip", bytes: gzip), Sample(codings: "x-gzip", bytes: members, firstEnd: 60),
        Sample(codings: "deflate", bytes: zlib), Sample(codings: "deflate", bytes: deflate),
        Sample(codings: "br", bytes: brotli), Sample(codings: "zstd", bytes: zstandard),
        Sample(codings: "zstd", bytes: frames, firstEnd: 59), Sample(codings: "gzip, br", bytes: gzipInBrotli),
    ]

    private static func bytes(_ base64: String) -> [UInt8] {
        [UInt8](Data(base64Encoded: base64, options: .ignoreUnknownCharacters) ?? Data())
    }

    static let gzip = bytes(
        """
        H4sIAAAAAAACA32RsQ2AMAwEV8kGxAmxYxRR0VEwBA1I1CzBHEyRabIJdEhI79an17//y7GPU6vXurmz1dv5wS1z6d5r+RElhYyFIQtC
        kInvsZ8kyDKWReyWCafsI/5OPW6FFOtiZCMmzkkBvydGK4GxLqmxQmKDGasbvQTBOlHsR+nL+QD7QbbBnAIAAA==
        """)

    /// In two members, the first of 100 bytes.
    static let members = bytes(
        """
        H4sIAAAAAAACA7PJybRzebi7OzlDoezh7qUKBlYK/t42+kBRGzQZS0NLnHJm5mY45YzMAdpCZWRkAAAAH4sIAAAAAAACAzO0UvD3ttHP
        ybSzAWKXh7u7kzMUyh7uXqpgbmCCU87S3BSnnAVubcaGuHUZmuGUMzG2xO0SAwOccoaWuPUZG5vhcSZudxoa4faeOZ5QMTLDrc/UErd9
        5qZmeORw+88MT7gYmePWZ26J2z5DU4Q7AVHoi2c4AgAA
        """)

    /// Deflate in zlib's container.
    static let zlib = bytes(
        """
        eNp9kbENgDAMBFfJBsQJsWMUUdFRMAQNSNQswRxMkWmyCXRISO/Wp9e//8uxj1Or17q5s9Xb+cEtc+nea/kRJYWMhSELQpCJ77GfJMgy
        lkXslgmn7CP+Tj1uhRTrYmQjJs5JAb8nRiuBsS6psUJigxmrG70EwTpR7Efpy/kAvrL8Tg==
        """)

    /// Deflate by itself.
    static let deflate = bytes(
        """
        fZGxDYAwDARXyQbECbFjFFHRUTAEDUjULMEcTJFpsgl0SEjv1qfXv//LsY9Tq9e6ubPV2/nBLXPp3mv5ESWFjIUhC0KQie+xnyTIMpZF
        7JYJp+wj/k49boUU62JkIybOSQG/J0YrgbEuqbFCYoMZqxu9BME6UexH6cv5AA==
        """)

    static let brotli = bytes(
        """
        G5sC4K0ObPcTCE3YayBvBSf8J2wqHp8EWRrL3dJFN7Y5A1WIdsn2ZJdpaOGIgyMMJTwODAMMA6ZgYwxB8Px2D/Gv84anHM5bmEyWlWnG
        WLy7O2bN26Ww6VgAY4LdykhjjdlrpbEN1avp1SnQTBYVlw==
        """)

    static let zstandard = bytes(
        """
        KLUv/QRoZQMAggUSFdA9wEJVY45oxEYHYZFEkl1CklLYCVy439/Fbn8X5y+kRXEngpl7jH/e/R+kmYcp/mSdXbT386cHA1oMnAWT1ghc
        k7Sq9CAKGKgQIMX3PwOAmXgQVoQV4dMeBfdWgSOw5dVot1847GtTEevIYQ==
        """)

    /// In two frames, the first of 100 bytes.
    static let frames = bytes(
        """
        KLUv/QRodQEAJAI8bGk+ROG7i2NoIHbhu6UgMDogT0s8L2xpPjkxOTY3NjI3AwBgGT+XYSNzDNUDsgwotS/9BGglAwDCRBAV0D3AQlVj
        jmjERgdhkUSSXUKSUtgJXLjf38VufxfnL6RFcSeCmXuMf979H6SZhyn+ZB1MWiNwTdKqUHowoMXA4RWoECBm9ywHcC3tMMKN+Bd7+kdT
        6y4AVV5Hx/eldBEJHoeccw==
        """)

    static let gzipInBrotli = bytes(
        """
        i0aAH4sIAAAAAAACA32RsQ2AMAwEV8kGxAmxYxRR0VEwBA1I1CzBHEyRabIJdEhI79an17//y7GPU6vXurmz1dv5wS1z6d5r+RElhYyF
        IQtCkInvsZ8kyDKWReyWCafsI/5OPW6FFOtiZCMmzkkBvydGK4GxLqmxQmKDGasbvQTBOlHsR+nL+QD7QbbBnAIAAAM=
        """)

    /// Brotli of 4 MiB of zeros.
    static let bomb = bytes("m///P/gnAOKxQCD3/gc=")

    /// Brotli of gzip that never gets beyond the name of its file, in 2 MiB.
    static let endlessName = bytes("mwkAIPgFNuDCxGLe+FrlsQIAAV059/5jAA==")
}
