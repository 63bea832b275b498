import SLA
import Testing
import Wording

@Suite struct SuggestionReasonTests {
    @Test(
        arguments: [
            (
                .failedProbes(count: 9, of: 10, example: .name(host: "acme.example", lacks: .existence)),
                "9 of 10 failed probes: name does not exist: acme.example"
            ),
            (.nameIsGone, "a name that does not exist was removed or has run out: look at who keeps the zone"),
            (.certificateIsTheCustomers, "the customer keeps the certificate"),
            (
                .pointsElsewhere(to: ["203.0.113.9", "203.0.113.10"], own: ["192.0.2.0/24", "2001:db8::/32"]),
                "the name points to 203.0.113.9, 203.0.113.10, not to 192.0.2.0/24, 2001:db8::/32"
            ),
            (
                .foreignAnswer(from: ["104.16.0.1", "104.16.0.2"]),
                "it came from 104.16.0.1, 104.16.0.2, which is not ours"
            ),
            (
                .originMayBeOurs,
                "a delivery network also says so where it could not reach us: look at the origin first"
            ),
            (
                .lostTogether(place: .carrier("vnpt"), services: 3, 360_000, others: 1),
                "all 3 services behind the carrier vnpt were down at once for 6 min, while 1 other was up"
            ),
            (
                .lostTogether(place: .group("rack-3"), services: 4, 500, others: 2),
                "all 4 services in the group rack-3 were down at once for 0.500 s, while 2 others were up"
            ),
            (
                .lostTogether(place: .address("192.0.2.7"), services: 5, 7_200_000, others: 10),
                "all 5 services on the address 192.0.2.7 were down at once for 2 h, while 10 others were up"
            ),
            (.sharedMayBeOurs, "it counts where the fault was our own: look at what they share"),
        ] as [(SuggestionReason, String)])
    func everyReasonHasItsWords(_ reason: SuggestionReason, _ words: String) {
        #expect(reason.english == words)
    }
}
