import ArgumentParser
import Intake
import SLA

/// A time longer than a month on the command line, as it was written: which quarter runs depends on the agreement's zone.
enum PeriodArgument: Equatable {
    case months(CivilMonths)
    case month(CivilMonth)
    case quarter, lastQuarter, year, lastYear
    case term

    private static let words: [String: PeriodArgument] = [
        "quarter": .quarter, "last-quarter": .lastQuarter, "year": .year, "last-year": .lastYear, "term": .term,
    ]

    /// What there is to write.
    static let forms = "2026-10..2026-12, 2026-Q4, 2026, quarter, last-quarter, year, last-year or term"

    /// - Throws: what is expected, where it is none.
    init(_ text: String) throws(InstantArgument.Mistake) {
        if let month = CivilMonth(text) {
            self = .month(month)
        } else if let months = CivilMonths(text) {
            // A month is a month, however it is written.
            self = months.first == months.last ? .month(months.first) : .months(months)
        } else if let word = Self.words[text] {
            self = word
        } else {
            throw InstantArgument.Mistake(
                description:
                    "expected \(Self.forms)\(didYouMean(nearestName(to: text, among: Self.words.keys.sorted())))")
        }
    }

    /// What is meant.
    func period(by time: SpokenTime) -> ReportPeriod {
        let month = time.runningMonth
        return switch self {
        case .months(let months): .months(months)
        case .month(let month): .month(month)
        case .quarter: .months(CivilMonths(quarterOf: month))
        case .lastQuarter: .months(CivilMonths(quarterOf: CivilMonths(quarterOf: month).first.previous))
        case .year: .months(CivilMonths(yearOf: month))
        case .lastYear: .months(CivilMonths(yearOf: CivilMonths(yearOf: month).first.previous))
        case .term: .terms(within: .always)
        }
    }
}

/// A longer time in the place of a command's month.
struct PeriodOption: ParsableArguments {
    @Option(
        help: ArgumentHelp("A longer time in its place: \(PeriodArgument.forms).", valueName: "period"),
        transform: PeriodArgument.init)
    var period: PeriodArgument?

    /// Requires that not both are given.
    func validate(beside month: MonthArgument?) throws {
        if month != nil, period != nil { throw ValidationError("--month and --period exclude each other") }
    }

    /// What is meant; the running month where nothing is given.
    func period(or month: MonthArgument?, by time: SpokenTime) -> ReportPeriod {
        period?.period(by: time) ?? .month((month ?? .this).month(by: time))
    }
}
