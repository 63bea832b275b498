import ArgumentParser
import DocumentSupport
import Foundation
import Intake
import Testing

@testable import availd

/// Every command once, over one ledger that they make: what each prints in each format is what it promises to be.
@Suite struct EveryCommandTests {
    /// A month's work; `samples.csv`, `evidence` and the like are in the program's folder.
    static let script = """
        availd check-config
        availd check-config --diff
        availd import --samples samples.csv --exclusions exclusions.csv
        availd import list
        availd terms import terms.csv
        availd terms withdraw shop --from 2026-10-03T00:00:00Z --to 2026-10-04T00:00:00Z --reason 'never paid'
        availd terms reinstate W1 --reason 'paid after all'
        availd terms list
        availd rules list
        availd rules correct web --from 2026-10-01T00:00:00+07:00 --confirm 3 --reason 'three since May' \
        --evidence 'ticket 12'
        availd exclusion add --category force_majeure --kind flood --scope service:web --evidence 'letter 7' \
        --from 2026-10-01T00:10:00+07:00 --to 2026-10-01T00:20:00+07:00
        availd exclusion add --category third_party --outage web@2026-10-01T00:30:00+07:00
        availd exclusion revoke E3 --reason 'another river'
        availd exclusion list
        availd exclusion suggest --month 2026-10
        availd void add --scope 'family:ipv6 check:web/default' --reason 'our uplink was cut' --evidence 'ticket 10' \
        --from 2026-10-01T09:00:00+07:00 --to 2026-10-01T10:00:00+07:00
        availd void revoke V1 --reason 'it was theirs'
        availd void list
        availd downtime add --scope service:web --reason 'logins failed' \
        --from 2026-10-01T11:00:00+07:00 --to 2026-10-01T12:00:00+07:00
        availd downtime revoke D1 --reason 'another shop'
        availd downtime list
        availd suspension lock shop --breach 'clause 4' --evidence 'ticket 8' --from 2026-10-02T09:00:00+07:00
        availd suspension list
        availd suspension unlock shop --at 2026-10-03T09:00:00+07:00
        availd suspension terminate shop --breach 'clause 4' --evidence 'ticket 9'
        availd incident open --scope group:rack-3 --cause 'water' --class warranty
        availd incident ack I1
        availd incident wait I1 --reason 'the error log'
        availd incident resume I1
        availd incident classify I1 upkeep
        availd incident note I1 --text 'the vendor knows it'
        availd incident resolve I1 --note 'pumped out'
        availd incident list --all
        availd incident show I1
        availd maintenance plan --kind scheduled --scope all --reason disks \
        --every sunday --from 02:00 --to 04:00 --first 2099-01-01 --count 3
        availd maintenance announce M1 --dry-run
        availd maintenance announce M1
        availd maintenance delivered M1 --channel fan_page --evidence https://social.example/p/1
        availd maintenance calls M1
        availd maintenance extend M1.2099-01-04 --until 2099-01-04T05:00:00+07:00 --reason slow
        availd maintenance cancel M1.2099-01-11 --reason 'a holiday'
        availd maintenance list
        availd maintenance show M1
        availd compensation negotiate web --month 2026-10 --amount 15000 --reason 'letter 9'
        availd compensation list --month 2026-10
        availd close --month 2026-10
        availd compensation withdraw web --month 2026-10 --reason 'the wrong month'
        availd claim open web --month 2026-10 --amount 30000 --reason 'a day of orders' --evidence 'letter 10'
        availd claim answer C1 --reason 'by our record an hour'
        availd claim settle C1 --amount 5000 --reason 'agreed'
        availd claim list
        availd compensation accept web --month 2026-10 --amount 5000 --reason 'agreed' --evidence 'letter 11'
        availd compensation records
        availd close --month 2026-10 --reason 'the negotiation was withdrawn'
        availd statement list
        availd statement show 2026-10/2
        availd verify
        availd status
        availd report --month 2026-10
        availd report --period 2026-Q4 --customer acme
        availd report --period term --without X1,X2,D1 --with exclusions.csv
        availd report --month 2026-10 --incidents
        availd explain web --month 2026-10
        availd explain web --period 2026-Q4
        availd explain web --month 2026-10 --at 2026-10-01T00:30:00+07:00
        availd export --month 2026-10 --output evidence
        availd replay --samples samples.csv --exclusions exclusions.csv --month 2026-10
        availd replay --from evidence
        availd replay --samples samples.csv --period quarter --service web
        availd probe web
        """

    /// Those that have no document of their own.
    private static let others: [any ParsableCommand.Type] = [Run.self, StatementPrint.self]

    private static func lines() throws -> [[String]] {
        try script.split(separator: "\n").map { try #require(ShellWords.commands(String($0))?.first) }
    }

    @Test func everyCommandIsAmongThem() throws {
        let types = try Self.lines().map { type(of: try Availd.parseAsRoot(Array($0.dropFirst()))) }
        for (name, type) in HelpExampleTests.commands where !Self.others.contains(where: { $0 == type }) {
            #expect(types.contains { $0 == type }, "\(name)")
        }
    }

    /// The list of the documents has each, under the name it has.
    @Test func everyCommandIsListed() throws {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        let text = try String(contentsOf: folder.appending(path: "docs/commands.md"), encoding: .utf8)
        let listed = text.matches(of: /(?m)^availd ([a-z-]+)/).map { String($0.1) }
        #expect(Set(listed) == Set(HelpExampleTests.commands.map { String($0.name.split(separator: " ")[1]) }))
    }

    @Test(arguments: ["json", "csv", "text"])
    func everyCommandPrintsWhatItPromises(_ format: String) throws {
        let program = try BuiltProgram()
        try Self.fill(program)
        for words in try Self.lines() {
            let name = words.joined(separator: " ")
            let outcome = try BuiltProgram.run(
                words.dropFirst().map { $0.hasSuffix(".csv") || $0 == "evidence" ? program.folder + "/" + $0 : $0 } + [
                    "--format", format, "--config", program.folder + "/availd.yaml",
                ], environment: ["USER": "mai"])
            // Nobody answers the probe.
            #expect(outcome.status == (words[1] == "probe" ? 1 : 0), "\(name): \(outcome.errors)")
            switch format {
            case "json": try Self.checkJSON(outcome.output, name)
            case "csv": Self.checkCSV(outcome.output, name)
            default: #expect(outcome.output.isEmpty || outcome.output.hasSuffix("\n"), "\(name)")
            }
        }
    }

    private static func checkJSON(_ text: String, _ name: String) throws {
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
        let object = try #require(value as? [String: Any], "\(name)")
        #expect(JSONRules(object, offset: "+07:00").mistakes == [], "\(name)")
        #expect(try JSONFormat().disagreements(with: object) == [], "\(name)")
    }

    /// A header of names in snake_case, each once, and as many fields in each row.
    private static func checkCSV(_ text: String, _ name: String) {
        var records: [[String]] = []
        Array(text.utf8).withUnsafeBytes { bytes in
            var reader = CSVReader(bytes)
            while (try? reader.next()) == true {
                records.append((0..<reader.count).map { reader.text($0) ?? "" })
            }
        }
        let header = records.first ?? []
        #expect(!header.isEmpty && Set(header).count == header.count, "\(name): \(header)")
        #expect(header.allSatisfy { $0.wholeMatch(of: /[a-z][a-z0-9]*(_[a-z0-9]+)*/) != nil }, "\(name): \(header)")
        #expect(records.allSatisfy { $0.count == header.count }, "\(name)")
        #expect(text.hasSuffix("\r\n"), "\(name)")
    }

    /// What the script needs: a configuration, an hour of outage at the beginning of October, and other files.
    static func fill(_ program: BuiltProgram) throws {
        try program.write(
            """
            agreement:
              timezone: Asia/Ho_Chi_Minh
              compensation: {currency: VND, tiers: [{below: 99, percent: 10}]}
            customers: [{id: acme, name: Acme, email: it@acme.example, vip: true}, {id: beta}]
            services:
              - {id: web, customer: acme, groups: [rack-3], price: 200000, paid: [{from: 2026-01-01}],
                 url: "http://127.0.0.1:1/"}
              - {id: shop, customer: beta, paid: [{from: 2026-01-01}], url: "http://127.0.0.1:1/"}
            probing: {allow_addresses: [127.0.0.0/8]}
            state_directory: \(program.folder)/state
            """, to: "availd.yaml")
        let start: Int64 = 1_790_787_600_000
        try program.write(
            (0..<1440).reduce(into: "at,service,state,cause\n") { text, minute in
                text += "\(start + Int64(minute) * 60_000),web,\(minute < 60 ? "down,refused" : "up,")\n"
            }, to: "samples.csv")
        try program.write(
            """
            id,category,scope,from,to,evidence
            X1,third_party,all,2026-10-01T00:40:00+07:00,2026-10-01T00:50:00+07:00,ticket 1
            X2,third_party,all,2026-10-01T00:50:00+07:00,2026-10-01T00:55:00+07:00,

            """, to: "exclusions.csv")
        try program.write("service,from,to\nshop,2026-01-01,\n", to: "terms.csv")
    }
}
