import Ledger
import Platform
import SLA

extension PassClock {
    /// How long after the ledger's last sample a daemon that begins is in another pass, in ms: its clock may be wrong,
    /// and set back later; what lies in between would belong to the pass.
    private static let longestPause: Milliseconds = 3_600_000

    /// Goes on where `ledger` is: in another pass where the clock was set back, or far forth, while no daemon ran. It is
    /// held against the last that a daemon has recorded; where the clock was doubted to the end, against what was known
    /// when the doubt began; and where no daemon ever ran, against nothing, as what was imported may be old.
    ///
    /// - Throws: `LedgerError`.
    package func goOn(with ledger: Ledger) throws {
        let began = began
        try ledger.read { snapshot in
            let (pass, next) = (try snapshot.currentPass(), try snapshot.nextPass())
            let latest = try snapshot.latestSample(of: pass)
            let trust = try snapshot.latestClockTrust()
            let event = try snapshot.latestDaemonEvent(of: DaemonEvent.Kind.allCases)
            let known =
                trust?.kind == .clockDoubted
                ? trust?.at : event.map { event in max(event.at, latest.map { $0 + 1 } ?? event.at) }
            let isSame = latest.map { $0 < began && began - $0 < Self.longestPause } ?? true
            goOn(in: isSame ? pass : next, next: isSame ? next : next + 1, after: known)
        }
    }
}
