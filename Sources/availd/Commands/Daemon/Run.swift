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
            finishes what is in flight or records it as unknown, and ends within 5 s. Under systemd it is a service \
            of Type=notify-reload or Type=notify.

            EXAMPLE
              CREDENTIALS_DIRECTORY=/etc/availd/credentials availd run
            """)

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let log = Logger(label: "availd") { _ in StderrLog(environment: environment) }
        let signals = SignalInbox(stopEarly: { Foundation.exit(0) })
        let path = config.path
        let daemon = try Daemon(environment: environment, signals: signals, log: log) {
            try Configuration.load(path: path, secrets: .required, environment: environment)
        }
        switch try await daemon.run() {
        case .finished: break
        case .samplesLost: throw ExitCode(ExitClass.inputOutput.rawValue)
        // What holds a part of it would hold the end of the process as well.
        case .cutShort(let isRecorded): _exit(isRecorded ? 0 : ExitClass.inputOutput.rawValue)
        }
    }
}
