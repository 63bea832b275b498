import ArgumentParser
import Configuration
import Foundation
import Intake
import Logging
import Monitor
import UseCases

/// `availd run`
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The daemon, in the foreground.",
        discussion: """
            Probes every check of the configuration, records what it sees in the state directory, writes alerts to \
            syslog and each month's report to reports/ in the state directory.

            SIGHUP reads the configuration again; one with mistakes changes nothing and is named in the log. SIGTERM \
            finishes what is in flight or records it as unknown, and ends within 5 s: with status 74 where the ledger \
            did not take the last samples, which are kept beside it for the next start. Under systemd it is a service \
            of Type=notify-reload or Type=notify.

            The first start makes the ledger. One that is gone, while its lock or its notes are there, is not made \
            anew but with --new-ledger. A disk that has no room for it, or is read-only, \
            is waited for. What that does not take is kept in $RUNTIME_DIRECTORY, where there is one.

            EXAMPLE
              CREDENTIALS_DIRECTORY=/etc/availd/credentials availd run
            """)

    @Flag(help: "Make a ledger also where files beside it say that there was one.")
    var newLedger = false

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let log = Logger(label: "availd") { _ in StderrLog(environment: environment) }
        let signals = SignalInbox(stopEarly: { Foundation.exit(0) })
        let path = config.path
        let daemon = try Daemon(environment: environment, signals: signals, log: log, beginsAnew: newLedger) {
            try Configuration.load(path: path, secrets: .required, environment: environment)
        }
        switch try await daemon.run() {
        case .finished: break
        case .unrecorded: throw ExitCode(ExitClass.inputOutput.rawValue)
        // What holds a part of it would hold the end of the process as well.
        case .cutShort(let isRecorded): _exit(isRecorded ? 0 : ExitClass.inputOutput.rawValue)
        }
    }
}
