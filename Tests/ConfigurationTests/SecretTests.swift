import Foundation
import SLA
import Testing

@testable import Configuration

private let yaml = """
    agreement: {timezone: UTC}
    customers: [{id: acme}]
    services:
      - id: web
        customer: acme
        paid: []
        url: https://acme.example/
        method: POST
        headers: {X-Tenant: "7", X-Token: {file: token}}
        body: "{}"
        auth: {basic: {user: probe, password: {credential: web-password}}}
        redirects: 2
      - {id: api, customer: acme, paid: [], url: "https://a.example", headers: {authorization: {credential: api}}}
      - {id: two, customer: acme, paid: [], url: "https://a.example", auth: {bearer: {credential: api}}}

    """

@Test func secretsAreReadFromWhereTheyAre() throws {
    let directory = try TemporaryDirectory()
    try directory.write(yaml, to: "availd.yaml")
    try directory.write("tücken\r\n", to: "token")
    try directory.write("correct horse", to: "credentials/web-password")
    try directory.write("Bearer abc\n", to: "credentials/api")
    let configuration = try directory.load(environment: ["CREDENTIALS_DIRECTORY": directory.path + "/credentials"])
    let web = try #require(configuration.catalog.service("web")?.checks.first?.probe)
    #expect(web.authentication == .basic(user: "probe", password: Secret("correct horse")))
    #expect(web.headers.map(\.name) == ["X-Tenant", "X-Token"])
    #expect(web.headers.map { $0.value.reveal() } == ["7", "tücken"])
    #expect(web.headers.map(\.isConfidential) == [false, true])
    #expect([web.method, web.body, "\(web.maximumRedirects)"] == ["POST", "{}", "2"])
    let api = try #require(configuration.catalog.service("api")?.checks.first?.probe)
    #expect(api.headers.map { $0.value.reveal() } == ["Bearer abc"])
    let two = try #require(configuration.catalog.service("two")?.checks.first?.probe)
    #expect(two.authentication == .bearer(token: Secret("Bearer abc")))
    var shown = ""
    dump(configuration, to: &shown)
    #expect(!shown.contains("horse") && !shown.contains("abc") && !shown.contains("tücken"))
}

@Test func aMissingCredentialIsAMistakeOnlyWhereItIsNeeded() throws {
    let directory = try TemporaryDirectory()
    try directory.write(yaml, to: "availd.yaml")
    try directory.write("two\nlines\n", to: "token")
    let credentials = ["CREDENTIALS_DIRECTORY": directory.path + "/credentials"]
    #expect(
        directory.mistakes(environment: credentials) == """
            availd.yaml:9: services[0].headers.X-Token.file: the secret in token is empty, too long, or not one line \
            of UTF-8 text
            availd.yaml:11: services[0].auth.basic.password.credential: cannot read credentials/web-password: \
            No such file or directory
            availd.yaml:13: services[1].headers.authorization.credential: cannot read credentials/api: \
            No such file or directory
            availd.yaml:14: services[2].auth.bearer.credential: cannot read credentials/api: No such file or directory
            """)
    #expect(try directory.load(secrets: .ignored).catalog.services.count == 3)
}

@Test func noMessageShowsASecret() throws {
    let directory = try TemporaryDirectory()
    let places = [
        "url: 'https://root:hunter2@acme.example'", "url: 'root:hunter2@acme.example'",
        "url: 'ftp://root:hunter2@acme.example'", "auth: hunter2", "auth: [hunter2]", "auth: {basic: hunter2}",
        "auth: {basic: {user: 'root:hunter2', password: hunter2}}", "auth: {bearer: [hunter2]}",
        "headers: hunter2", "headers: {Cookie: hunter2, X-A: \"hunter2\\n\"}",
        "auth: {bearer: {credential: 'hunter2 '}}",
    ]
    for place in places {
        let url = place.hasPrefix("url") ? "" : "url: 'https://a.example', "
        try directory.write(
            "agreement: {timezone: UTC}\ncustomers: [{id: a}]\n"
                + "services: [{id: b, customer: a, paid: [], \(url)\(place)}]\n", to: "availd.yaml")
        let message = directory.mistakes()
        #expect(message.hasPrefix("availd.yaml:3: services[0]"), "\(place): \(message)")
        #expect(!message.contains("hunter2"), "\(place): \(message)")
    }
}

/// A secret that everybody on the machine can read is none; whoever insists is heard.
@Test func aSecretThatOthersCanReadIsRefused() throws {
    let directory = try TemporaryDirectory()
    let folder = directory.path
    func load(_ more: String = "") throws -> String {
        try directory.write(
            "agreement: {timezone: UTC}\ncustomers: [{id: a}]\nservices:\n"
                + "  - {id: b, customer: a, paid: [], url: 'https://a.example', auth: {bearer: {file: token}}\(more)}\n",
            to: "availd.yaml")
        return directory.mistakes()
    }
    let path = try directory.write("t0k\n", to: "token")
    func mode(_ path: String, _ mode: mode_t) { chmod(path, mode) }
    // Nobody else may enter the directory, whatever the file's own mode is.
    mode(path, 0o666)
    #expect(try load() == "")
    mode(folder, 0o755)
    let refused =
        "availd.yaml:4: services[0].auth.bearer.file: refused token: others can read or write it (mode 0666), "
        + "expected mode 0600 or 0640, or allow_insecure: true"
    #expect(try load() == refused)
    #expect(try load(", allow_insecure: true") == "")
    mode(path, 0o644)
    #expect(try load() == refused.replacing("0666", with: "0644"))
    mode(path, 0o640)
    #expect(try load() == "")
}
