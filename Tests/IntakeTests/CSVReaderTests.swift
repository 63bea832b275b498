import Intake
import Testing

@Suite struct CSVReaderTests {
    /// Every record as its line and its fields; a malformed one as its line and the message.
    private func read(_ text: String) -> [(Int, [String])] {
        Array(text.utf8).withUnsafeBytes { bytes in
            var reader = CSVReader(bytes)
            var records: [(Int, [String])] = []
            while true {
                do {
                    guard try reader.next() else { return records }
                    records.append((reader.line, (0..<reader.count).map { reader.text($0) ?? "(not UTF-8)" }))
                } catch let error as CSVReader.Malformed {
                    records.append((error.line, ["! " + error.message]))
                } catch {
                    Issue.record("\(error)")
                }
            }
        }
    }

    private func expect(_ text: String, _ expected: [(Int, [String])], _ place: SourceLocation = #_sourceLocation) {
        let found = read(text)
        #expect(found.map(\.0) == expected.map(\.0), sourceLocation: place)
        #expect(found.map(\.1) == expected.map(\.1), sourceLocation: place)
    }

    @Test func lineEndsEmptyLinesAndAByteOrderMarkArePassedOver() {
        expect("\u{FEFF}a,b\r\n\r\n\nc,d\ne,f", [(1, ["a", "b"]), (4, ["c", "d"]), (5, ["e", "f"])])
        expect("", [])
        expect("\n\r\n", [])
    }

    @Test func emptyFieldsAreFields() {
        expect(",\n", [(1, ["", ""])])
        expect("a,", [(1, ["a", ""])])
        expect("\"\",\"\"", [(1, ["", ""])])
    }

    @Test func quotesHoldCommasLineEndsAndDoubledQuotes() {
        expect("\"a,b\",\"c\r\nd\",\"e\"\"f\"\ng,h,i", [(1, ["a,b", "c\r\nd", "e\"f"]), (3, ["g", "h", "i"])])
        expect("\"\"\"\"", [(1, ["\""])])
    }

    /// To a reader of characters, a quote and the accent behind it are one, and no quote.
    @Test func aQuoteIsOneWhateverFollowsIt() {
        expect("\"a\"\"\u{301}b\",\"\"\"\u{301}\"\n", [(1, ["a\"\u{301}b", "\"\u{301}"])])
    }

    @Test func aMalformedRecordIsNamedAndTheReadingGoesOn() {
        expect("a\"b\nc\n", [(1, ["! a quote inside a field that does not begin with one"]), (2, ["c"])])
        expect("\"a\"b\nc\n", [(1, ["! text behind a closing quote"]), (2, ["c"])])
        expect("x\n\"a\nb\nc\n", [(1, ["x"]), (2, ["! a quote is opened and never closed"]), (3, ["b"]), (4, ["c"])])
    }

    @Test func aLoneCarriageReturnIsPartOfItsField() {
        expect("a\rb,c\n", [(1, ["a\rb", "c"])])
    }

    @Test func bytesThatAreNotUTF8AreNoText() {
        let bytes: [UInt8] = [0x61, 0x2C, 0xFF]
        bytes.withUnsafeBytes { buffer in
            var reader = CSVReader(buffer)
            #expect((try? reader.next()) == true)
            #expect(reader.text(0) == "a")
            #expect(reader.text(1) == nil)
        }
    }

    /// Whatever a writer quotes comes back: all fields of up to four of the characters that matter.
    @Test func everySmallFieldSurvivesQuoting() {
        let alphabet = ["a", ",", "\"", "\n", "\r", ""]
        for a in alphabet {
            for b in alphabet {
                for c in alphabet {
                    let field = a + b + c
                    let quoted = "\"" + field.replacing("\"", with: "\"\"") + "\""
                    expect("\(quoted),x\n", [(1, [field, "x"])])
                }
            }
        }
    }
}
