import SLA
import Testing

/// A secret is revealed where it is sent, and nowhere else.
@Suite struct SecretTests {
    private static let word = "correct horse"

    @Test func neverPrinted() {
        let secret = Secret(Self.word)
        let holders: [Any] = [
            secret, Optional(secret) as Any, [secret], ["password": secret],
            Authentication.basic(user: "u", password: secret), Authentication.bearer(token: secret),
            ProbeSpecification(
                url: "https://a/", scheme: .https, host: "a", port: 443, authentication: .bearer(token: secret)),
        ]
        for holder in holders {
            var dumped = ""
            dump(holder, to: &dumped)
            for text in ["\(holder)", String(describing: holder), String(reflecting: holder), dumped] {
                #expect(!text.contains(Self.word))
                #expect(text.contains("(secret)"))
            }
        }
        #expect(secret.reveal() == Self.word)
    }
}
