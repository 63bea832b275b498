import Ledger
import Platform
import SLA

extension PassClock {
    /// How long after the ledger's last sample a daemon that begins is in another pass, in ms: its clock may be wrong,
    /// and set back later; what lies in between would belong to the pass.
    private static let longestPause: Milliseconds = 3_600_000

    /// Goes on where `ledger` is: in another pass where the clock was set back, or far forth, while no daemon ran.
    ///
    /// - Throws: `LedgerError`.
    package func goOn(with ledger: Ledger) throws {
        let began = began
        try ledger.read { snapshot in
            let (pass, next) = (try snapshot.currentPass(), try snapshot.nextPass())
            let latest = try snapshot.latestSample(of: pass)
            let isSame = latest.map { $0 < began && began - $0 < Self.longestPause } ?? true
            if isSame { goOn(in: pass, next: next) } else { goOn(in: next, next: next + 1) }
        }
    }
}
