import Foundation
import Intake
import Ledger
import SLA
import Testing

@testable import Configuration
@testable import UseCases

/// A ledger of its own in a folder of its own, and an agreement with two customers.
///
/// It is 20 October 2026, ten in the morning in Hanoi, unless a test says otherwise.
final class World: Sendable {
    let folder: String
    let ledger: Ledger
    let catalog: Catalog
    let now: Instant

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "availd-use-cases-\(UUID())").path
        ledger = try Ledger(directory: folder, access: .recorder)
        now = try at("2026-10-20T10:00:00+07:00")
        let paid = IntervalSet(Interval(try at("2026-01-01T00:00:00+07:00"), .distantFuture))
        func service(_ id: String, _ customer: String, _ groups: Set<String>, price: Int64?) -> Service {
            Service(
                id: id, customer: customer, groups: groups, price: price.map { ExactDecimal($0) }, paid: paid,
                checks: [Check(probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))])
        }
        catalog = Catalog(
            agreement: Agreement(
                calendar: CivilCalendar(
                    zone: TimeZoneRules(name: "Asia/Ho_Chi_Minh", initialOffset: 7 * 3_600_000)),
                compensation: Compensation(
                    currency: "VND", tiers: [Compensation.Tier(below: ExactDecimal(99), percent: ExactDecimal(10))])),
            customers: [
                Customer(id: "acme", name: "Acme", email: "it@acme.example", isVIP: true), Customer(id: "beta"),
            ],
            services: [
                service("acme-web", "acme", ["rack-3"], price: 200_000),
                service("acme-mail", "acme", ["rack-3"], price: nil), service("beta-shop", "beta", [], price: 90_000),
            ])
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Recording by `by` at `at`, unless something else is said now and by Lan.
    func recording(by: String = "lan", at: Instant? = nil, in ledger: Ledger? = nil) -> Recording {
        Recording(in: ledger ?? self.ledger, catalog: catalog, by: by, now: at ?? now)
    }

    /// What composes notices, with a mail server that nobody has.
    var composer: NoticeComposer {
        NoticeComposer(
            catalog,
            settings: Configuration.Notices(
                mail: Configuration.Notices.Mail(
                    url: "smtp://mail.example", from: "noc@example.vn", tls: .required, authorities: nil, login: nil,
                    timeout: 1000),
                language: .english, directory: folder + "/notices", website: nil),
            provider: Configuration.Provider(name: "VINASTAR", contacts: [], networks: [], zones: []))
    }

    /// What the ledger holds, as every table is.
    func state() throws -> String { try ledger.read { try $0.state() } }

    /// What `body` throws, which is an `E`; nothing is recorded by it.
    func refusal<E: Error, T>(_ type: E.Type, _ body: () throws -> T) throws -> E? {
        let before = try state()
        defer { #expect((try? state()) == before, "something was recorded") }
        do {
            _ = try body()
            Issue.record("nothing was refused")
        } catch let error as E {
            return error
        } catch {
            Issue.record("refused by \(error), which is no \(E.self)")
        }
        return nil
    }

    /// The mistakes that `body` is refused for, a line each; nothing is recorded by it.
    func mistakes<T>(_ body: () throws -> T) throws -> [String] {
        try refusal(InvalidRequest.self, body)?.lines ?? []
    }

    /// `body` is refused for `expected`, a line each; nothing is recorded by it.
    func expectMistakes<T>(
        _ expected: [String], _ place: SourceLocation = #_sourceLocation, _ body: () throws -> T
    ) throws {
        let found = try mistakes(body)
        #expect(found == expected, sourceLocation: place)
    }

    /// What comes of four who do the same at once, each by a connection of its own: those who did it, and why the
    /// others did not.
    func fourAtOnce<T: Sendable>(
        _ body: @escaping @Sendable (Recording) throws -> T
    ) async -> (done: [T], refused: [any Error]) {
        let outcomes = await withTaskGroup(of: Result<T, any Error>.self) { group in
            for name in ["an", "binh", "chi", "dung"] {
                group.addTask { [self] in
                    Result {
                        let other = try Ledger(directory: folder, access: .recorder)
                        defer { try? other.close() }
                        return try body(recording(by: name, in: other))
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var (done, refused): ([T], [any Error]) = ([], [])
        for outcome in outcomes {
            switch outcome {
            case .success(let value): done.append(value)
            case .failure(let error): refused.append(error)
            }
        }
        return (done, refused)
    }
}

/// The instant written `text`.
func at(_ text: String) throws -> Instant { try #require(InstantText.instant(text)) }
