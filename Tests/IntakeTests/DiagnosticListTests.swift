import Intake
import Testing

@Suite struct DiagnosticListTests {
    @Test func aThousandAreShownAndTheRestIsCounted() throws {
        var list = DiagnosticList()
        for line in 1...1003 { list.add(Diagnostic(file: "f", line: line, message: "bad")) }
        #expect(list.count == 1003)
        let thrown = #expect(throws: Diagnostics.self) { try list.check() }
        let lines = thrown?.lines ?? []
        #expect(lines.count == 1001)
        #expect(lines.first == "f:1: bad")
        #expect(lines.last == "3 more mistakes are not shown")
    }

    @Test func nothingWrongIsNothingThrown() throws {
        try DiagnosticList().check()
    }
}
