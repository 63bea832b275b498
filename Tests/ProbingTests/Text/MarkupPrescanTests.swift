import Testing

@testable import Probing

/// What a document says of its own encoding, as browsers read it.
@Suite struct MarkupPrescanTests {
    private func encoding(_ text: String) -> String? { MarkupPrescan.encoding(Array(text.utf8))?.name }

    @Test(arguments: [
        ("<meta charset=gbk>", "GB18030"), ("<META CHARSET='Shift_JIS'/>", "CP932"),
        ("<meta charset = \"euc-kr\">", "UHC"),
        ("<html><head><title>t</title><meta/charset=windows-1258>", "CP1258"),
        ("<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\">", "CP1251"),
        ("<meta content='text/html;charset=\"koi8-r\"' http-equiv=content-type>", "KOI8-R"),
        ("<meta name=x content=y><meta charset=iso-8859-2>", "ISO-8859-2"),
        ("<!-- <meta charset=gbk> --><meta charset=utf-8>", "UTF-8"), ("<!--><meta charset=gbk>", "GB18030"),
        ("<p title='<meta charset=gbk>'><meta charset=big5>", "BIG5-HKSCS"),
        ("<?xml version=\"1.0\" encoding=\"iso-8859-15\"?><a/>", "ISO-8859-15"),
        ("<!doctype html><?php ?></x y=z><meta charset=latin1>", "CP1252"),
        ("<meta charset=nonsense><meta charset=gbk>", "GB18030"),
    ])
    func isFound(_ text: String, _ name: String) {
        #expect(encoding(text) == name)
    }

    @Test(arguments: [
        "", "<", "<meta", "<meta charset", "<meta charset=", "<meta charset=gbk", "meta charset=gbk",
        "<metacharset=gbk>",
        "<!-- <meta charset=gbk>", "<meta content='text/html; charset=gbk'>", "<meta name=charset content=gbk>",
        "<meta http-equiv=refresh content='0; charset=gbk'>", "<a '", "<a b=\"", "</", "<!", "<?xml encoding=\"gbk\"",
    ])
    func isNotThere(_ text: String) {
        #expect(encoding(text) == nil)
    }

    /// As much as a browser waits for, and no further; there is no UTF-16 that could be read so.
    @Test func isLookedForInTheFirstBytesAlone() {
        let sniffer = EncodingSniffer(type: ContentType("text/html"))
        let meta = "<meta charset=gbk>"
        let near = String(repeating: " ", count: EncodingSniffer.reach - meta.utf8.count) + meta
        #expect(sniffer.finding(Array(near.utf8)).encoding?.name == "GB18030")
        #expect(sniffer.finding(Array((" " + near + " ").utf8)).encoding == nil)
        #expect(sniffer.finding(Array("<meta charset=utf-16>".utf8)).encoding == .utf8)
    }

    /// Any beginning of any of it comes to an end.
    @Test func neverRunsOver() {
        let text = Array(
            "<!-- a --><?xml encoding='gbk'?><p a = 'b' c=\"d\" e=f/><meta http-equiv=\"content-type\" content=\"x; charset = 'gbk'\"></p>"
                .utf8)
        for start in text.indices {
            for end in start...text.count { _ = MarkupPrescan.encoding(Array(text[start..<end])) }
        }
    }
}
