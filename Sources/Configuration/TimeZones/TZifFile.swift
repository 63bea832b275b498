import SLA

/// A compiled time zone: RFC 9636 (and RFC 8536 before it), the 64-bit block where there is one.
struct TZifFile {
    /// The offset before the first change, in ms.
    private let initialOffset: Milliseconds
    /// The changes that the file lists, in order.
    private let listed: [TimeZoneRules.Transition]
    /// The POSIX rule for the time after the last of them; empty where the file has none.
    let footer: String

    /// The file in `bytes`, or nil where it is not as the standard says.
    init?(_ bytes: [UInt8]) {
        var cursor = ByteCursor(bytes[...])
        guard var header = Header(&cursor) else { return nil }
        var width = 4
        if header.version >= 2 {
            // The first block is for readers of 32 bits.
            guard cursor.skip(header.length(timeWidth: 4)), let second = Header(&cursor) else { return nil }
            header = second
            width = 8
        }
        guard let block = Self.block(&cursor, header, timeWidth: width) else { return nil }
        (initialOffset, listed) = block
        if width == 8 {
            let rest = cursor.rest
            guard rest.first == 0x0A, let end = rest.dropFirst().firstIndex(of: 0x0A),
                let text = String(validating: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
            else { return nil }
            footer = text
        } else {
            footer = ""
        }
    }

    /// The zone, with the footer's rule carried on to the year 2200; nil where that rule is not one.
    func rules(name: String) -> TimeZoneRules? {
        var transitions = listed
        if !footer.isEmpty {
            guard let rule = PosixTimeZone(footer) else { return nil }
            let last = listed.last?.at
            let carriedOn = rule.transitions(years: Self.firstYear(after: last)...2200)
            transitions += carriedOn.filter { $0.at > last ?? .distantPast }
        }
        var offset = initialOffset
        // A change of the abbreviation alone is none of the offset.
        let changes = transitions.filter { transition in
            defer { offset = transition.offset }
            return transition.offset != offset
        }
        return TimeZoneRules(name: name, initialOffset: initialOffset, transitions: changes)
    }

    private static func firstYear(after last: Instant?) -> Int {
        guard let last else { return 1900 }
        let year = CivilCalendar(zone: .utc).date(at: last).year
        return min(max(year - 1, 1900), 2200)
    }

    /// The six counts that a block begins with, and its version.
    private struct Header {
        let version: Int
        private let counts: [Int]

        init?(_ cursor: inout ByteCursor) {
            guard cursor.take(4).map({ $0.elementsEqual("TZif".utf8) }) == true, let version = cursor.take(1)?.first,
                cursor.skip(15)
            else { return nil }
            self.version = version == 0 ? 1 : Int(version) - 0x30
            var counts: [Int] = []
            for _ in 0..<6 {
                guard let count = cursor.integer(width: 4), (0...1 << 20).contains(count) else { return nil }
                counts.append(Int(count))
            }
            self.counts = counts
            guard types > 0 else { return nil }
        }

        var times: Int { counts[3] }
        var types: Int { counts[4] }

        /// The bytes of the block behind the times, their types and the types' records.
        func tail(timeWidth: Int) -> Int {
            counts[5] + counts[2] * (timeWidth + 4) + counts[1] + counts[0]
        }

        /// The bytes of the whole block.
        func length(timeWidth: Int) -> Int {
            times * (timeWidth + 1) + types * 6 + tail(timeWidth: timeWidth)
        }
    }

    private static func block(
        _ cursor: inout ByteCursor, _ header: Header, timeWidth: Int
    ) -> (Milliseconds, [TimeZoneRules.Transition])? {
        guard cursor.rest.count >= header.length(timeWidth: timeWidth) else { return nil }
        let times = (0..<header.times).compactMap { _ in cursor.integer(width: timeWidth) }
        let types = (0..<header.times).compactMap { _ in cursor.integer(width: 1) }
        var offsets: [Milliseconds] = []
        for _ in 0..<header.types {
            guard let offset = cursor.integer(width: 4), cursor.skip(2), abs(offset) < 26 * 3600 else { return nil }
            offsets.append(offset * 1000)
        }
        var transitions: [TimeZoneRules.Transition] = []
        for (time, type) in zip(times, types) {
            guard offsets.indices.contains(Int(type)) else { return nil }
            // zic may begin a file at the Big Bang; nothing here happens before the first century.
            let seconds = max(time, -62_135_596_800)
            guard seconds <= Instant.distantFuture.milliseconds / 1000 else { return nil }
            let at = Instant(milliseconds: seconds * 1000)
            if let last = transitions.last {
                guard last.at <= at else { return nil }
                if last.at == at { transitions.removeLast() }
            }
            transitions.append(TimeZoneRules.Transition(at: at, offset: offsets[Int(type)]))
        }
        guard cursor.skip(header.tail(timeWidth: timeWidth)) else { return nil }
        return (offsets[0], transitions)
    }
}

/// Reads big-endian integers off the front of bytes, never past their end.
struct ByteCursor {
    /// What has not been read.
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// The next `count` bytes, or nil where there are fewer.
    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// Passes over `count` bytes; false where there are fewer.
    mutating func skip(_ count: Int) -> Bool { take(count) != nil }

    /// The next `width` bytes as an integer, signed where it is wider than a byte.
    mutating func integer(width: Int) -> Int64? {
        guard let bytes = take(width) else { return nil }
        let value = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return width == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
    }
}
