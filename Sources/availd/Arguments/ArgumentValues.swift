import ArgumentParser
import Configuration
import Intake
import Platform
import SLA
import UseCases

/// An instant on the command line, as it was written: what it means depends on the agreement's zone.
struct InstantArgument {
    private let text: String

    /// - Throws: what is expected, where no zone makes an instant of it.
    init(_ text: String) throws(Mistake) {
        do {
            _ = try SpokenTime(in: CivilCalendar(zone: .utc), at: SystemClock.wall()).instant(text)
        } catch {
            throw Mistake(description: error.expected)
        }
        self.text = text
    }

    /// Why an argument is none.
    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    /// The instant that `option` was given.
    func instant(_ option: RequestField, by time: SpokenTime) throws(Refusal) -> Instant {
        do {
            return try time.instant(text)
        } catch {
            throw Refusal("\(option.option): \(error)", as: .usage)
        }
    }
}

/// A month on the command line, as it was written: which one is the last depends on the agreement's zone.
enum MonthArgument: Equatable {
    case month(CivilMonth)
    case this, last

    /// - Throws: what is expected, where it is no month.
    init(_ text: String) throws(InstantArgument.Mistake) {
        switch (text, CivilMonth(text)) {
        case (_, let month?): self = .month(month)
        case ("this", _): self = .this
        case ("last", _): self = .last
        default: throw InstantArgument.Mistake(description: "expected a month, as 2026-10, or this, or last")
        }
    }

    /// The month that is meant.
    func month(by time: SpokenTime) -> CivilMonth {
        switch self {
        case .month(let month): month
        case .this: time.runningMonth
        case .last: time.runningMonth.previous
        }
    }
}

extension Recording {
    /// What instants mean to who records.
    var time: SpokenTime { SpokenTime(in: catalog.agreement.calendar, at: now) }
}

extension Configuration {
    /// What instants mean to who asks now.
    var time: SpokenTime { SpokenTime(in: catalog.agreement.calendar, at: SystemClock.wall()) }
}
