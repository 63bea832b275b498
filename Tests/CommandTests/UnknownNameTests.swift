import Foundation
import Testing

/// Whatever is named and not there ends with one status, and the nearest name is said: by every command that takes one.
@Suite struct UnknownNameTests {
    /// What is there: the services `web` and `shop`, and by these E1, E2, V1, D1, W1, I1, M1, M1.x1 and 2026-10/1.
    private static let script = """
        availd import --samples samples.csv
        availd terms withdraw web --from 2026-10-03T00:00:00Z --to 2026-10-04T00:00:00Z --reason x
        availd exclusion add --category third_party --scope all --evidence x --from 1790787600000 --to 1790787660000
        availd suspension lock shop --breach x --evidence x
        availd void add --scope all --evidence x --reason x --from 1790787600000 --to 1790787660000
        availd downtime add --scope all --evidence x --reason x --from 1790787600000 --to 1790787660000
        availd incident open --scope all --cause x
        availd claim open web --month 2026-10 --reason x
        availd maintenance plan --kind scheduled --scope all --reason x --from 2099-01-04T02:00:00+07:00 \
        --to 2099-01-04T04:00:00+07:00
        availd maintenance extend M1 --until 2099-01-04T05:00:00+07:00 --reason x
        availd close --month 2026-10
        """

    /// A command with a name that is not there, and the nearest that is.
    private static let cases = """
        status wbe: web
        explain wbe --month 2026-10: web
        probe wbe: web
        exclusion suggest wbe --month 2026-10: web
        exclusion add --category third_party --outage wbe@2026-10-01T00:30:00+07:00: web
        exclusion add --category third_party --scope service:wbe --from 1790787600000 --to 1790787660000: service:web
        exclusion add --category third_party --scope group:rack-33 --from 1790787600000 --to 1790787660000: group:rack-3
        exclusion add --category third_party --scope customer:acm --from 1790787600000 --to 1790787660000: customer:acme
        exclusion revoke E11 --reason x: E1
        suspension lock wbe --breach x --evidence x: web
        suspension terminate --scope group:rack-33 --breach x --evidence x: group:rack-3
        suspension unlock wbe: web
        suspension unlock E22: E2
        void add --scope service:wbe --reason x --from 1790787600000 --to 1790787660000: service:web
        void add --scope check:web/defualt --reason x --from 1790787600000 --to 1790787660000: check:web/default
        void revoke V11 --reason x: V1
        downtime add --scope group:rack-33 --reason x --from 1790787600000 --to 1790787660000: group:rack-3
        downtime revoke D11 --reason x: D1
        terms list wbe: web
        terms withdraw wbe --from 1790787600000 --to 1790787660000 --reason x: web
        terms reinstate W11 --reason x: W1
        compensation negotiate wbe --month 2026-10 --amount 1 --reason x: web
        compensation withdraw wbe --month 2026-10 --reason x: web
        compensation accept wbe --month 2026-10 --amount 1 --reason x --evidence x: web
        claim open wbe --month 2026-10 --reason x: web
        claim open web --incident I11 --reason x: I1
        claim answer C11 --reason x: C1
        claim settle C11 --amount 1 --reason x: C1
        claim list --customer acm: acme
        incident open --scope service:wbe --cause x: service:web
        incident list --customer acm: acme
        report --month 2026-10 --incidents --customer acm: acme
        incident show i1: I1
        incident show I11: I1
        incident ack i1: I1
        incident wait i1 --reason x: I1
        incident resume i1: I1
        incident resolve i1: I1
        incident classify i1 upkeep: I1
        incident note i1 --text x: I1
        maintenance plan --kind emergency --scope group:rack-33 --from 4070908800000 --to 4070912400000 --reason x: group:rack-3
        maintenance show M11: M1
        maintenance show m1: M1
        maintenance show M1.2099-01-05: M1.2099-01-04
        maintenance show M1.x11: M1.x1
        maintenance calls M11: M1
        maintenance announce M11: M1
        maintenance announce M11 --dry-run: M1
        maintenance delivered M11 --channel fan_page: M1
        maintenance delivered M1 --channel direct --customer acm: acme
        maintenance cancel M11 --reason x: M1
        maintenance extend M11 --until 2099-01-04T06:00:00+07:00 --reason x: M1
        statement show 2026-10/2: 2026-10/1
        statement show 2026-10: 2026-10/1
        statement print 2026-11/1: 2026-10/1
        import --samples wrong-samples.csv: web
        import --samples prometheus.json --map wrong-map.csv: web
        import --exclusions wrong-exclusions.csv: service:web
        replay --samples wrong-samples.csv --month 2026-10: web
        replay --samples samples.csv --exclusions wrong-exclusions.csv --month 2026-10: service:web
        replay --samples samples.csv --voids wrong-voids.csv --month 2026-10: service:web
        terms import wrong-terms.csv: web
        """

    private static func run(_ line: String, in program: BuiltProgram) throws -> BuiltProgram.Outcome {
        let words = try #require(ShellWords.commands(line)?.first).map {
            $0.hasSuffix(".csv") || $0.hasSuffix(".json") ? program.folder + "/" + $0 : $0
        }
        return try BuiltProgram.run(
            words + ["--config", program.folder + "/availd.yaml"], environment: ["USER": "mai"])
    }

    @Test func everyCommandSaysSoAlike() throws {
        let program = try BuiltProgram()
        try EveryCommandTests.fill(program)
        try program.write("at,service,state\n1790787600000,wbe,up\n", to: "wrong-samples.csv")
        try program.write("from,service\nx,wbe\n", to: "wrong-map.csv")
        try program.write("[{\"metric\":{\"instance\":\"x\"},\"values\":[[1790787600,\"1\"]]}]", to: "prometheus.json")
        try program.write(
            "id,category,scope,from,to\nX1,third_party,service:wbe,1790787600000,1790787660000\n",
            to: "wrong-exclusions.csv")
        try program.write(
            "id,kind,scope,from,to,reason\nX1,void,service:wbe,1790787600000,1790787660000,x\n", to: "wrong-voids.csv")
        try program.write("service,from,to\nwbe,2026-01-01,\n", to: "wrong-terms.csv")
        for line in Self.script.split(separator: "\n") {
            let outcome = try Self.run(String(line.dropFirst("availd ".count)), in: program)
            #expect(outcome.status == 0, "\(line): \(outcome.errors)")
        }
        for line in Self.cases.split(separator: "\n") {
            let end = try #require(line.range(of: ": ", options: .backwards))
            let outcome = try Self.run(String(line[..<end.lowerBound]), in: program)
            #expect(outcome.status == 65 && outcome.output.isEmpty, "\(line): \(outcome.status) \(outcome.errors)")
            let nearest = line[end.upperBound...]
            #expect(
                outcome.errors.contains("did you mean \(nearest)?") || outcome.errors.contains(" is \(nearest)\n"),
                "\(line): \(outcome.errors)")
        }
    }
}
