import Testing

@testable import Probing

/// Bodies that are compressed, in pieces: what they say, and whether they have come to their end.
@Suite struct BodyDecoderTests {
    /// What came of a body.
    private struct Decoded: Equatable {
        var reading = BodyDecoder.Reading.goesOn
        var bytes: [UInt8] = []
        var isCut = false

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// Decodes `pieces` as one body that is said to have `codings`.
    private func decode(pieces: [ArraySlice<UInt8>], _ codings: String, most: Int = .max) -> Decoded {
        let decoder = BodyDecoder(AnswerCodings(content: codings, transfer: ""))
        var result = Decoded()
        for piece in pieces where result.reading == .goesOn {
            // Memory of its own, so that reading beyond it shows.
            result.reading = Array(piece).withUnsafeBytes { bytes in
                decoder.read(bytes) {
                    result.bytes += $0
                    return result.bytes.count <= most
                }
            }
        }
        result.isCut = decoder.isCut
        return result
    }

    private func decode(_ body: [UInt8], _ codings: String, most: Int = .max) -> Decoded {
        decode(pieces: [body[...]], codings, most: most)
    }

    private let whole = Decoded(bytes: Array(CodedPage.text.utf8))

    @Test(arguments: CodedPage.samples)
    func anySplitComesToTheSame(_ sample: CodedPage.Sample) {
        let body = sample.bytes
        #expect(decode(body, sample.codings) == whole)
        #expect(decode(pieces: body.indices.map { body[$0...$0] }, sample.codings) == whole)
        for place in body.indices {
            #expect(decode(pieces: [body[..<place], body[place...]], sample.codings) == whole)
        }
    }

    /// Wherever it ends before its end, that shows, and what came of it is the beginning of what would have.
    @Test(arguments: CodedPage.samples)
    func everyTruncationIsACut(_ sample: CodedPage.Sample) {
        for length in 1..<sample.bytes.count {
            let result = decode(pieces: [sample.bytes[..<length]], sample.codings)
            #expect(result.reading == .goesOn)
            #expect(result.isCut == (length != sample.firstEnd), "\(length)")
            #expect(whole.bytes.starts(with: result.bytes))
        }
    }

    /// Nothing was sent, so nothing is lacking.
    @Test(arguments: CodedPage.samples)
    func noBodyIsNotCut(_ sample: CodedPage.Sample) {
        #expect(decode(pieces: [], sample.codings) == Decoded())
        #expect(decode(pieces: [[]], sample.codings) == Decoded())
    }

    /// What stands behind the end is passed over, as in browsers, whatever it looks like at first.
    @Test(
        arguments: CodedPage.samples.filter { $0.codings != "gzip, br" },
        ["\r\n", "<!-- served by 4 -->", "\u{1F} ten more", "(fin) Served", "\0\0\0\0\0\0\0\0\0"])
    func whatFollowsTheEndIsPassedOver(_ sample: CodedPage.Sample, _ trailer: String) {
        let body = sample.bytes + trailer.utf8
        let expected = Decoded(reading: .over, bytes: whole.bytes)
        #expect(decode(body, sample.codings) == expected)
        #expect(decode(pieces: body.indices.map { body[$0...$0] }, sample.codings) == expected)
    }

    @Test(arguments: ["gzip", "deflate", "br", "zstd"])
    func whatIsNoneOfItsCodingIsDamaged(_ coding: String) {
        guard case .damaged(let words) = decode(Array("<html>A page</html>".utf8), coding).reading else {
            Issue.record("it is taken for \(coding)")
            return
        }
        #expect(words.hasPrefix("\(coding): "))
    }

    /// A checksum that is not the one of what came: what came is not what was compressed.
    @Test func aWrongChecksumIsDamage() {
        var gzip = CodedPage.gzip
        gzip[gzip.count - 5] ^= 1
        #expect(decode(gzip, "gzip").reading == .damaged("gzip: incorrect data check"))
        var members = CodedPage.members
        members[members.count - 5] ^= 1
        #expect(decode(members, "gzip").reading == .damaged("gzip: incorrect data check"))
        var zlib = CodedPage.zlib
        zlib[zlib.count - 1] ^= 1
        #expect(decode(zlib, "deflate").reading == .damaged("deflate: incorrect data check"))
        var frames = CodedPage.frames
        frames[frames.count - 1] ^= 1
        #expect(decode(frames, "zstd").reading == .damaged("zstd: Restored data doesn't match checksum"))
    }

    /// Of 4 MiB no more comes than is wanted, and what is left of a step.
    @Test func whatIsNotWantedIsNotDecoded() {
        let result = decode(CodedPage.bomb, "br", most: 100_000)
        #expect(result.reading == .enough)
        #expect(result.bytes.count <= 100_000 + CodingLayer.room)
    }

    /// What passes between two codings is bounded by what comes out of them.
    @Test func muchBetweenTwoCodingsIsExcessive() {
        #expect(decode(CodedPage.endlessName, "gzip, br") == Decoded(reading: .excessive, isCut: true))
    }

    @Test(
        arguments: [
            ("", "", []), ("gzip", "", [.gzip]), ("X-GZip", "", [.gzip]), (" gzip ,", "", [.gzip]),
            ("identity, gzip, none", "", [.gzip]), ("gzip, br", "", [.brotli, .gzip]),
            ("deflate,zstd", "", [.zstandard, .deflate]), ("", "gzip, chunked", [.gzip]),
            ("br", "deflate, Chunked", [.deflate, .brotli]), (",gzip,,", "identity", [.gzip]),
        ] as [(String, String, [ContentCoding])])
    func theOutermostIsUndoneFirst(_ content: String, _ transfer: String, _ layers: [ContentCoding]) {
        let codings = AnswerCodings(content: content, transfer: transfer)
        #expect(codings.layers == layers)
        #expect(!codings.namesOthers)
    }

    /// A name that is no coding changes nothing, but where what comes is not what the others say.
    @Test(arguments: ["gzip, UTF-8", "utf-8, gzip", "chunked,gzip", "gzip, text/html"])
    func aNameThatIsNoCodingIsPassedOver(_ codings: String) {
        #expect(decode(CodedPage.gzip, codings) == whole)
        #expect(decode(pieces: CodedPage.gzip.indices.map { CodedPage.gzip[$0...$0] }, codings) == whole)
        #expect(decode(whole.bytes, codings) == whole)
        #expect(decode(pieces: whole.bytes.indices.map { whole.bytes[$0...$0] }, codings) == whole)
    }

    @Test(arguments: ["UTF-8", "chunked", "\"gzip\"", "*", "gzip;q=1"])
    func whatHasNoCodingComesAsItIs(_ codings: String) {
        #expect(AnswerCodings(content: codings, transfer: "") == AnswerCodings(content: "none-such", transfer: ""))
        #expect(decode(whole.bytes, codings) == whole)
    }
}
