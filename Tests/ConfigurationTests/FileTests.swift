import Foundation
import Intake
import Testing

@testable import Configuration

private let agreement = "agreement: {timezone: UTC}\n"

@Test func aMissingFileIsNotAMistakeInOne() throws {
    let directory = try TemporaryDirectory()
    #expect {
        try directory.load("none.yaml")
    } throws: { error in
        guard case ConfigurationError.unreadable(let path, let reason) = error else { return false }
        return path.hasSuffix("/none.yaml") && reason == "No such file or directory"
    }
}

@Test func aHugeFileIsRefusedFromItsSize() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("", to: "availd.yaml")
    #expect(truncate(path, 1 << 30) == 0)
    #expect(directory.mistakes() == "availd.yaml: 1073741824 bytes long, expected at most 64 MiB")
}

@Test func nothingWaitsForAFIFO() throws {
    let directory = try TemporaryDirectory()
    try directory.write(agreement + "include: [pipe]\ninventory: [pipe]\n", to: "availd.yaml")
    #expect(mkfifo(directory.path + "/pipe", 0o600) == 0)
    #expect(
        directory.mistakes() == """
            availd.yaml:2: include[0]: cannot read pipe: not a regular file, expected one
            availd.yaml:3: inventory[0]: cannot read pipe: not a regular file, expected one
            """)
    #expect(directory.mistakes("pipe") == "pipe: not a regular file, expected one")
    #expect(directory.mistakes(".") == ".: a directory, expected a file")
}

@Test func aCycleOfIncludesIsShown() throws {
    let directory = try TemporaryDirectory()
    try directory.write(agreement + "include: [conf.d/*.yaml]\n", to: "availd.yaml")
    try directory.write("include: [deeper/b.yaml]\n", to: "conf.d/a.yaml")
    try directory.write("include: [../a.yaml]\n", to: "conf.d/deeper/b.yaml")
    #expect(
        directory.mistakes() == """
            conf.d/deeper/b.yaml:1: include[0]: includes itself: \
            conf.d/a.yaml → conf.d/deeper/b.yaml → conf.d/deeper/../a.yaml
            """)
}

@Test func aFileIsReadOnce() throws {
    let directory = try TemporaryDirectory()
    try directory.write(
        agreement + "include: [a.yaml, \"[a-z].yaml\"]\ninventory: [s.csv, s.csv]\n", to: "availd.yaml")
    try directory.write("customers: []\n", to: "a.yaml")
    try directory.write("customers:\n", to: "b.yaml")
    try directory.write("id\n", to: "s.csv")
    #expect(
        directory.mistakes() == """
            availd.yaml:2: include[1]: a.yaml is read twice, first named at availd.yaml:2
            availd.yaml:3: inventory[1]: s.csv is read twice, first named at availd.yaml:3
            """)
}

@Test func aSingleKeyIsWrittenInOneFile() throws {
    let directory = try TemporaryDirectory()
    try directory.write(agreement + "defaults: {interval: 5s}\ninclude: [a.yaml]\n", to: "availd.yaml")
    try directory.write(agreement + "defaults: {interval: 6s}\nprobing: {}\n", to: "a.yaml")
    #expect(
        directory.mistakes() == """
            a.yaml:1: agreement: agreement a second time, first at availd.yaml:1
            a.yaml:2: defaults: defaults a second time, first at availd.yaml:2
            """)
}

@Test func duplicatesAreFoundAcrossFiles() throws {
    let directory = try TemporaryDirectory()
    let service = "services:\n  - {id: web, customer: acme, paid: [], url: https://acme.example}\n"
    try directory.write(
        agreement + "customers: [{id: acme}]\n" + service + "include: [a.yaml]\ninventory: [s.csv]\n",
        to: "availd.yaml")
    try directory.write("customers: [{id: acme}]\n" + service, to: "a.yaml")
    try directory.write(
        "id,customer,paid_from,url\nweb,acme,2026-01-01,http://a.example\r\nshop,acne,2026-01-01,http://a.example\n",
        to: "s.csv")
    #expect(
        directory.mistakes() == """
            a.yaml:1: customers[0].id: a second customer acme, first at availd.yaml:2
            a.yaml:3: services[0].id: a second service web, first at availd.yaml:4
            s.csv:2: id: a second service web, first at availd.yaml:4
            s.csv:3: customer: found "acne", expected the identifier of a customer; did you mean acme?
            """)
}

@Test func everyFileIsReadAlthoughOneIsBroken() throws {
    let directory = try TemporaryDirectory()
    try directory.write(agreement + "include: [a.yaml, b.yaml]\n", to: "availd.yaml")
    try directory.write("customers: [\n", to: "a.yaml")
    // The customer may be in the broken file.
    try directory.write("services: [{id: web, customer: acme, paid: [], url: nowhere}]\n", to: "b.yaml")
    #expect(
        directory.mistakes() == """
            a.yaml:2: not YAML: while parsing a flow node that begins on line 2: did not find expected node content
            b.yaml:1: services[0].url: found "nowhere", expected an address, as https://acme.example/ \
            or tcp://acme.example:3306
            """)
}

@Test func aDirectoryIsNoPatternWhateverItIsCalled() throws {
    let directory = try TemporaryDirectory()
    try directory.write(agreement + "include: [conf.d/*.yaml]\n", to: "[a]*/availd.yaml")
    try directory.write("customers: [{id: b}]\n", to: "[a]*/conf.d/b.yaml")
    try directory.write("customers: [{id: a}]\n", to: "[a]*/conf.d/a.yaml")
    try directory.write("customers: [{id: hidden}]\n", to: "[a]*/conf.d/.a.yaml")
    try directory.write("customers: [{id: other}]\n", to: "a/conf.d/a.yaml")
    let configuration = try directory.load("[a]*/availd.yaml")
    #expect(configuration.catalog.customers.map(\.id) == ["a", "b"])
    #expect(configuration.files.map { $0.split(separator: "/").last } == ["availd.yaml", "a.yaml", "b.yaml"])
}

@Test func theStateDirectoryHasAnOrder() throws {
    let directory = try TemporaryDirectory()
    try directory.write(agreement, to: "plain.yaml")
    try directory.write(agreement + "state_directory: /srv/availd\n", to: "written.yaml")
    let systemd = ["STATE_DIRECTORY": "/var/lib/private/availd:/var/lib/other"]
    #expect(try directory.load("plain.yaml").stateDirectory == "/var/lib/availd")
    #expect(try directory.load("plain.yaml", environment: systemd).stateDirectory == "/var/lib/private/availd")
    #expect(try directory.load("written.yaml", environment: systemd).stateDirectory == "/srv/availd")
}

@Test func aByteOrderMarkAndCRLFAreTolerated() throws {
    let directory = try TemporaryDirectory()
    try directory.write("\u{FEFF}agreement:\r\n  timezone: UTC\r\n  objective: \"99.0\"\r\n", to: "availd.yaml")
    #expect(try directory.load().catalog.agreement.objective.description == "99.0")
}

@Test(
    arguments: [
        ("ok\n", nil), ("a\tb\r\nçü\u{10FFFF}", nil), ("", nil),
        ("ab\nc\u{0}", "f:2: found byte 0x00 at byte 2 of the line, expected text without control characters"),
        ("\u{7F}", "f:1: found byte 0x7f at byte 1 of the line, expected text without control characters"),
    ] as [(String, String?)])
func controlCharactersAreFound(_ text: String, _ message: String?) {
    #expect(TextFile.misplacedByte(in: Array(text.utf8), file: "f")?.description == message)
}

@Test(
    arguments: [
        ([0x61, 0xC3], 2), ([0xC3, 0xA9, 0xFF], 3), ([0xE2, 0x82], 1), ([0xED, 0xA0, 0x80], 1), ([0xC0, 0x80], 1),
        ([0xF0, 0x9F, 0x98, 0x80, 0x80], 5),
    ] as [([UInt8], Int)])
func whatIsNotUTF8IsFound(_ bytes: [UInt8], _ column: Int) throws {
    let message = try #require(TextFile.misplacedByte(in: [0x0A] + bytes, file: "f")?.description)
    #expect(message.hasPrefix("f:2: found byte 0x"))
    #expect(message.hasSuffix("at byte \(column) of the line, expected UTF-8 text"))
}

@Test func onlyTheFirstUnknownCustomersAreGuessedAt() throws {
    let directory = try TemporaryDirectory()
    let rows = (0..<30).map { "s\($0),acne,2026-01-01,http://a.example\n" }.joined()
    try directory.write(agreement + "customers: [{id: acme}]\ninventory: [s.csv]\n", to: "availd.yaml")
    try directory.write("id,customer,paid_from,url\n" + rows, to: "s.csv")
    let lines = directory.mistakes().split(separator: "\n")
    #expect(lines.count == 30)
    #expect(lines.count { $0.hasSuffix("; did you mean acme?") } == 20)
}
