import ArgumentParser
import Configuration
import Foundation
import Intake
import Interchange
import Ledger
import Monitor
import Reporting
import SLA
import UseCases

/// The exit statuses of sysexits.h that are promised.
enum ExitStatus {
    static let usage = ExitCode(64)
    static let badData = ExitCode(65)
    static let missingInput = ExitCode(66)
    static let unavailable = ExitCode(69)
    static let cannotCreate = ExitCode(73)
    static let inputOutput = ExitCode(74)
    static let configuration = ExitCode(78)
}

/// An end with a message and a promised status.
struct Failure: Error {
    let status: ExitCode
    let message: String
}

/// Runs `body`; what it throws is said on standard error, once, and becomes the promised exit status.
func exiting<T>(_ body: () async throws -> T) async throws -> T {
    do {
        return try await body()
    } catch let code as ExitCode {
        throw code
    } catch {
        let failure = Failure(describing: error)
        Console.error(failure.message)
        throw failure.status
    }
}

extension Failure {
    /// The message and the status of what any part throws.
    init(describing error: any Error) {
        switch error {
        case let failure as Failure:
            self = failure
        case let error as ConfigurationError:
            self.init(status: Self.status(of: error), message: error.description)
        case let diagnostics as Diagnostics:
            self.init(status: ExitStatus.badData, message: diagnostics.description)
        case let failure as InputFailure:
            self.init(status: Self.status(of: failure), message: failure.description)
        case let failure as OutputFailure:
            self.init(status: ExitStatus.cannotCreate, message: failure.description)
        case let error as LedgerError:
            self.init(status: Self.status(of: error), message: error.description)
        case let error as IncidentError:
            self.init(status: ExitStatus.badData, message: error.description)
        case let error as ExclusionError:
            self.init(status: ExitStatus.badData, message: error.description)
        case let error as SuspensionError:
            self.init(status: ExitStatus.badData, message: error.description)
        case let error as TermsError:
            self.init(status: ExitStatus.badData, message: error.description)
        case let refusal as ClosingRefusal:
            self.init(status: ExitStatus.badData, message: refusal.description)
        default:
            self.init(status: ExitStatus.inputOutput, message: "\(error)")
        }
    }

    private static func status(of error: ConfigurationError) -> ExitCode {
        switch error {
        case .unreadable: ExitStatus.missingInput
        case .invalid: ExitStatus.configuration
        }
    }

    private static func status(of failure: InputFailure) -> ExitCode {
        switch failure {
        case .missing: ExitStatus.missingInput
        case .unreadable: ExitStatus.inputOutput
        }
    }

    private static func status(of error: LedgerError) -> ExitCode {
        switch error {
        case .missing: ExitStatus.missingInput
        case .locked, .busy, .changedWhileRead: ExitStatus.unavailable
        case .cannotCreate: ExitStatus.cannotCreate
        case .notALedger, .newerSchema, .olderSchema, .damaged: ExitStatus.badData
        case .permissionDenied, .full, .inputOutput: ExitStatus.inputOutput
        }
    }
}
